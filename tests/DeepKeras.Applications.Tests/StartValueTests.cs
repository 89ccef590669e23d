namespace DeepKeras.Applications.Tests;

/// <summary>
/// Networks without trained weights start as torchvision's constructors start them: by PyTorch's rule for its layers, uniform within 1 / √(incoming connections) for weights
/// and biases, where a constructor says nothing else.
/// </summary>
public sealed class StartValueTests
{
    [TestCase("alexnet", "conv1", 3 * 11 * 11)]
    [TestCase("alexnet", "conv5", 256 * 3 * 3)]
    [TestCase("alexnet", "fc6", 256 * 6 * 6)]
    [TestCase("alexnet", "predictions", 4096)]
    [TestCase("resnet18", "predictions", 512)]
    public void Weights_and_biases_are_uniform(string network, string layer, int incoming)
    {
        using var scope = torch.NewDisposeScope();
        var start = Start(network, layer);
        BeUniform(start[0], 1 / Math.Sqrt(incoming));
        BeUniform(start[1], 1 / Math.Sqrt(incoming));
    }

    [Test]
    public void Weights_of_DenseNets_classifier_are_uniform_and_its_biases_0()
    {
        using var scope = torch.NewDisposeScope();
        var start = Start("densenet121", "predictions");
        BeUniform(start[0], 1 / Math.Sqrt(1024));
        Numbers(start[1]).Should().OnlyContain(b => b == 0);
    }

    [TestCase("vgg11", "predictions", 0.01, false)]
    [TestCase("mobilenet_v2", "predictions", 0.01, false)]
    [TestCase("googlenet", "predictions", 0.01, true)]
    [TestCase("inception_v3", "predictions", 0.1, true)]
    public void Weights_are_normal_where_the_constructor_says_so(string network, string layer, double deviation, bool uniformBiases)
    {
        using var scope = torch.NewDisposeScope();
        var start = Start(network, layer);
        // The deviation of n normal numbers is within 4 / √(2n) of the true one but for one in ten thousand.
        Deviation(start[0]).Should().BeApproximately(deviation, deviation * 4 / Math.Sqrt(2.0 * start[0].numel()));
        start[0].abs().max().item<float>().Should().BeGreaterThan((float)(3.5 * deviation));
        if (uniformBiases) BeUniform(start[1], 1 / Math.Sqrt(start[0].shape[0]));
        else Numbers(start[1]).Should().OnlyContain(b => b == 0);
    }

    private static IReadOnlyList<Tensor> Start(string network, string layer)
    {
        Keras.SetRandomSeed(11);
        using var built = torch.NewDisposeScope();
        return [.. Zoo.Create(network).GetLayer(layer).GetWeights().Select(w => w.MoveToOuterDisposeScope())];
    }

    private static void BeUniform(Tensor values, double limit)
    {
        var count = values.numel();
        values.abs().max().item<float>().Should().BeInRange((float)(limit * 0.9), (float)limit);
        values.mean().item<float>().Should().BeApproximately(0, (float)(4 * limit / Math.Sqrt(3.0 * count)));
        // The variance of u² is 4 / 45, so that the deviation of n of them is off by 0.45 / √n.
        Deviation(values).Should().BeApproximately(limit / Math.Sqrt(3), limit / Math.Sqrt(3) * 1.8 / Math.Sqrt(count));
    }

    private static double Deviation(Tensor values) => Math.Sqrt(values.square().mean().item<float>());
}
