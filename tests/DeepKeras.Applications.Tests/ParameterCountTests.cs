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
    [TestCase("googlenet", 6_624_904)]
    [TestCase("mobilenet_v2", 3_504_872)]
    [TestCase("efficientnet_b0", 5_288_548)]
    [TestCase("efficientnet_b1", 7_794_184)]
    [TestCase("efficientnet_b2", 9_109_994)]
    [TestCase("efficientnet_b3", 12_233_232)]
    [TestCase("efficientnet_b4", 19_341_616)]
    [TestCase("efficientnet_b5", 30_389_784)]
    [TestCase("efficientnet_b6", 43_040_704)]
    [TestCase("efficientnet_b7", 66_347_960)]
    // torchvision's record without the auxiliary classifier; Keras's 23,851,784 with its 34,432 moving statistics and without 17,216 gammas.
    [TestCase("inception_v3", 23_834_568)]
    // Cadene's and timm's tables; the second is Keras's 55,873,736 with its 60,544 moving statistics and without 30,272 gammas.
    [TestCase("inception_v4", 42_679_816)]
    [TestCase("inception_resnet_v2", 55_843_464)]
    [TestCase("alexnet", 61_100_840)]
    [TestCase("resnet18", 11_689_512)]
    [TestCase("resnet34", 21_797_672)]
    [TestCase("resnet50", 25_557_032)]
    [TestCase("resnet101", 44_549_160)]
    [TestCase("resnet152", 60_192_808)]
    [TestCase("wide_resnet50_2", 68_883_240)]
    [TestCase("wide_resnet101_2", 126_886_696)]
    [TestCase("resnext50_32x4d", 25_028_904)]
    [TestCase("resnext101_32x8d", 88_791_336)]
    [TestCase("resnext101_64x4d", 83_455_272)]
    [TestCase("densenet121", 7_978_856)]
    [TestCase("densenet161", 28_681_000)]
    [TestCase("densenet169", 14_149_480)]
    [TestCase("densenet201", 20_013_928)]
    // The authors' variants, as imgclsmob (osmr/imgclsmob, pytorchcv) counts them.
    [TestCase("se_resnet50", 28_088_024)]
    [TestCase("se_resnet101", 49_326_872)]
    [TestCase("se_resnet152", 66_821_848)]
    [TestCase("se_resnext50_32x4d", 27_559_896)]
    [TestCase("se_resnext101_32x4d", 48_955_416)]
    [TestCase("senet154", 115_088_984)]
    public void It_has_as_many_parameters_as_the_original_and_learns(string name, long expected)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name, inputShape: (75, 75, 3));
        // torchvision counts what is trained.
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(expected);

        var output = net.Run(Sample(ScalarType.Float32, 2, 75, 75, 3), training: true);
        output.shape.Should().Equal(2, 1000);
        output.select(1, 3).log().sum().backward();
        foreach (var weight in net.TrainableWeights) weight.Value.grad!.sum().isfinite().ToBoolean().Should().BeTrue(weight.Path);
        net.TrainableWeights[0].Value.grad!.abs().sum().ToDouble().Should().BePositive("the gradient reaches the first layer");
    }

    [Test]
    public void Every_network_is_counted_here_or_with_its_family()
    {
        string[] elsewhere = ["cifar_cnn", "fcn16s", "fcn32s", "fcn8s", "lenet5", "lenet5_1998", "resnet_cifar", "resnet_stochastic_depth", "unet"];
        var here = typeof(ParameterCountTests).GetMethod(nameof(It_has_as_many_parameters_as_the_original_and_learns))!.GetCustomAttributes(false).OfType<TestCaseAttribute>().Select(c => (string)c.Arguments[0]!);
        Zoo.ListModels().Should().BeEquivalentTo(here.Concat(elsewhere));
    }
}
