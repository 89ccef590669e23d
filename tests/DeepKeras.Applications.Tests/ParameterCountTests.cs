namespace DeepKeras.Applications.Tests;

/// <summary>The number of parameters of each network, as torchvision's documentation or the paper gives it.</summary>
public sealed class ParameterCountTests
{
    // num_params of torchvision 0.14's weight records.
    [TestCase("vgg11", 132_863_336)]
    [TestCase("vgg13", 133_047_848)]
    [TestCase("vgg16", 138_357_544)]
    [TestCase("vgg19", 143_667_240)]
    [TestCase("vgg11_bn", 132_868_840)]
    [TestCase("vgg13_bn", 133_053_736)]
    [TestCase("vgg16_bn", 138_365_992)]
    [TestCase("vgg19_bn", 143_678_248)]
    public void It_has_as_many_parameters_as_the_original(string name, long expected)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name);
        // torchvision counts what is trained.
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(expected);
    }
}
