using DeepKeras.Layers;

namespace DeepKeras.Applications.Tests;

/// <summary>ResNet and its relatives, DenseNet and AlexNet beside their parameter counts: names, sizes of maps, stochastic depth.</summary>
public sealed class ResidualNetworkTests
{
    // He et al. 2016, table 1, and the names of Keras's applications.
    [TestCase("resnet50", 224, "conv1_relu: 112 64, pool1_pool: 56 64, conv2_block3_out: 56 256, conv3_block1_2_conv: 28 128, conv4_block6_out: 14 1024, conv5_block3_out: 7 2048")]
    [TestCase("resnet18", 224, "conv2_block2_out: 56 64, conv3_block1_0_bn: 28 128, conv5_block2_out: 7 512")]
    [TestCase("wide_resnet50_2", 224, "conv2_block1_1_relu: 56 128, conv5_block3_2_conv: 7 1024, conv5_block3_out: 7 2048")]
    [TestCase("resnext50_32x4d", 224, "conv2_block1_1_relu: 56 128, conv5_block3_2_conv: 7 1024, conv5_block3_out: 7 2048")]
    // Huang et al. 2017, table 1.
    [TestCase("densenet121", 224, "pool1: 56 64, conv2_block6_concat: 56 256, pool2_pool: 28 128, conv4_block24_concat: 14 1024, pool4_conv: 14 512, conv5_block16_2_conv: 7 32, relu: 7 1024")]
    [TestCase("alexnet", 224, "conv1: 55 64, pool1: 27 64, conv2: 27 192, pool2: 13 192, conv5: 13 256, pool5: 6 256")]
    // Hu et al. 2018, table 1.
    [TestCase("se_resnet50", 224, "pool1_pool: 56 64, conv2_block1_se_reduce: 1 16, conv3_block1_1_conv: 28 128, conv5_block3_se_excite: 7 2048")]
    [TestCase("se_resnext50_32x4d", 224, "conv3_block1_1_conv: 56 256, conv3_block1_2_conv: 28 256, conv5_block3_out: 7 2048")]
    [TestCase("resnet_cifar", 32, "conv2_block3_out: 32 16, conv3_block1_0_pad: 16 32, conv4_block3_out: 8 64")]
    public void Its_maps_are_of_the_papers_size(string name, int size, string expected)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name, includeTop: false, inputShape: (size, size, 3));
        var layers = expected.Split(", ").Select(e => e[..e.IndexOf(':', StringComparison.Ordinal)]);
        var sizes = layers.Select(l => (Layer: l, net.GetLayer(l).Output.Shape)).ToList();
        string.Join(", ", sizes.Select(s => $"{s.Layer}: {s.Shape[1]} {s.Shape[3]}")).Should().Be(expected);
        sizes.Should().OnlyContain(s => s.Shape[1] == s.Shape[2]);
        net.Layers.Should().NotContain(l => l.Name == "predictions");
    }

    [Test]
    public void Groups_and_strides_are_where_the_variant_has_them()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.ResNeXt50(includeTop: false, weights: null);
        Convolution(net, "conv3_block1_2_conv").Groups.Should().Be(32);
        Convolution(net, "conv3_block1_2_conv").Strides.Height.Should().Be(2);
        Convolution(net, "conv3_block1_1_conv").Strides.Height.Should().Be(1);
        var authors = Zoo.SEResNet50(includeTop: false, weights: null);
        Convolution(authors, "conv3_block1_1_conv").Strides.Height.Should().Be(2);
        Convolution(authors, "conv3_block1_2_conv").Strides.Height.Should().Be(1);
    }

    [TestCase(20, 0.27)]
    [TestCase(32, 0.46)]
    [TestCase(44, 0.66)]
    [TestCase(56, 0.85)]
    [TestCase(110, 1.7)]
    public void The_networks_for_small_images_have_the_papers_size(int depth, double millions)
    {
        using var scope = torch.NewDisposeScope();
        // He et al. 2016, table 6.
        var count = Zoo.ResNetCifar(depth).TrainableWeights.Sum(w => w.ElementCount) / 1e6;
        count.Should().BeApproximately(millions, depth == 110 ? 0.05 : 0.005);
    }

    // Huang et al. 2016, equation 4.
    [Test]
    public void Survival_falls_linearly_to_the_last_block()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.ResNetStochasticDepth(depth: 18, finalSurvival: 0.5, inputShape: (32, 32, 3), classes: 4);
        var drops = net.Layers.OfType<StochasticDepth>().ToList();
        drops.Select(d => 1 - d.Rate).Should().Equal(Enumerable.Range(1, 8).Select(l => 1 - (l / 8.0 * 0.5)), (a, b) => Math.Abs(a - b) < 1e-12);
        drops.Should().OnlyContain(d => d.Mode == "batch" && d.ScaleAtInference);
        net.TrainableWeights.Count.Should().Be(Zoo.ResNet18(weights: null, inputShape: (32, 32, 3), classes: 4).TrainableWeights.Count);
        Zoo.ResNetCifar(depth: 8).Layers.OfType<StochasticDepth>().Should().BeEmpty();
    }

    [Test]
    public void A_network_with_stochastic_depth_says_how_sure_it_is()
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(4);
        var net = Zoo.ResNetCifar(depth: 8, finalSurvival: 0.5, mode: "row");
        var images = Sample(ScalarType.Float32, 3, 32, 32, 3);
        using var sure = Inspection.MonteCarlo.Predict(net, images, passes: 20);
        sure.Mean.shape.Should().Equal(3, 10);
        Numbers(sure.StandardDeviation.amax([1L])).Should().OnlyContain(s => s > 0);
        Numbers(sure.MutualInformation()).Should().OnlyContain(i => i > 0);
        // A plain prediction does not draw.
        Same(net.Predict(images), net.Predict(images)).Should().BeTrue();
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => Zoo.ResNetStochasticDepth(depth: 49)).Should().Throw<KerasException>().WithMessage("resnet_stochastic_depth expects depth to be 18, 34, 50, 101 or 152 but received 49. Give one of these*50*");
        FluentActions.Invoking(() => Zoo.ResNetCifar(depth: 21)).Should().Throw<KerasException>().WithMessage("resnet_cifar expects depth to be 6n + 2*21*20*");
        FluentActions.Invoking(() => Zoo.ResNetCifar(finalSurvival: 0)).Should().Throw<KerasException>().WithMessage("*finalSurvival to be above 0 and at most 1 but received 0*");
        FluentActions.Invoking(() => Zoo.ResNetCifar(finalSurvival: 0.5, mode: "image")).Should().Throw<KerasException>().WithMessage("Unknown mode*\"image\"*");
        FluentActions.Invoking(() => Zoo.AlexNet(weights: null, inputShape: (48, 48, 3))).Should().Throw<KerasException>().WithMessage("alexnet*at least (63, 63)*");
    }

    private static Conv2D Convolution(Model net, string name) => (Conv2D)net.GetLayer(name);
}
