namespace DeepKeras.Applications.Tests;

/// <summary>U-Net and FCN.</summary>
public sealed class SegmentationNetworkTests
{
    // Summed over the paper's figure 1: pairs of 3 × 3 convolutions 1-64-64, 64-128-128 … 512-1024-1024, up-convolutions 2 × 2, pairs 1024-512-512 … 128-64-64, 1 × 1 to the classes.
    [TestCase(1)]
    [TestCase(2)]
    public void UNet_has_the_papers_parameters(int classes)
    {
        using var scope = torch.NewDisposeScope();
        long expected = 0;
        foreach (var (from, to) in new (long, long)[] { (1, 64), (64, 128), (128, 256), (256, 512), (512, 1024), (1024, 512), (512, 256), (256, 128), (128, 64) })
        {
            expected += (((9 * from) + 1) * to) + (((9 * to) + 1) * to);
            if (from > to) expected += ((4 * from) + 1) * to;
        }
        expected += 65 * classes;
        expected.Should().Be(classes == 1 ? 31_030_593 : 31_030_658);
        var net = Zoo.UNet((572, 572, 1), classes: classes, padding: "valid");
        net.CountParams().Should().Be(expected);
        net.Output.Shape.Should().Equal(null, 388, 388, classes);
        // Figure 1, from the left.
        Size("down1_conv2").Should().Be(568);
        Size("down4_pool").Should().Be(32);
        Size("bottom_conv2").Should().Be(28);
        Size("up4_up").Should().Be(56);
        Size("up4_conv2").Should().Be(52);

        long? Size(string layer) => net.GetLayer(layer).Output.Shape[1];
    }

    [TestCase("same", "transpose", false, 2)]
    [TestCase("same", "nearest", true, 3)]
    [TestCase("valid", "bilinear", false, 2)]
    [TestCase("valid", "transpose", true, 1)]
    public void UNet_learns_in_every_configuration(string padding, string upSampling, bool normalized, int depth)
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(1);
        var net = Zoo.UNet((null, null, 2), classes: 3, depth: depth, filters: 4, padding: padding, upSampling: upSampling, batchNormalization: normalized, dropout: 0.2);
        var images = Sample(ScalarType.Float32, 2, 64, 48, 2);
        var output = net.Run(images, training: true);
        if (padding == "same") output.shape.Should().Equal(2, 64, 48, 3);
        else output.size(1).Should().BeLessThan(64);
        Close(output.sum([-1L]), torch.ones(output.shape[..3]), 1e-5, 0);
        output.select(3, 0).sum().backward();
        net.TrainableWeights.Should().OnlyContain(w => w.Value.grad!.isfinite().all().ToBoolean());
    }

    [Test]
    public void UNet_refuses_what_it_cannot_be()
    {
        FluentActions.Invoking(() => Zoo.UNet(depth: 0)).Should().Throw<KerasException>().WithMessage("unet expects depth to be from 1 to 10 but received 0*");
        FluentActions.Invoking(() => Zoo.UNet(filters: 0)).Should().Throw<KerasException>().WithMessage("*filters to be at least 1*");
        FluentActions.Invoking(() => Zoo.UNet(padding: "full")).Should().Throw<KerasException>().WithMessage("*padding to be \"same\" or \"valid\" but received \"full\"*");
        FluentActions.Invoking(() => Zoo.UNet(upSampling: "cubic")).Should().Throw<KerasException>().WithMessage("*upSampling to be*\"cubic\"*");
        FluentActions.Invoking(() => Zoo.UNet(dropout: 1)).Should().Throw<KerasException>().WithMessage("*dropout to be at least 0 and below 1*");
        FluentActions.Invoking(() => Zoo.UNet((100, 96, 1))).Should().Throw<KerasException>().WithMessage("*divisible by 16*(100, 96, 1)*Pad or resize*");
    }

    // Summed over Long et al.'s published layers; the paper rounds to 134 million.
    [TestCase("fcn32s", 134_346_581, 1_806_336)]
    [TestCase("fcn16s", 134_364_410, 451_584)]
    [TestCase("fcn8s", 134_376_863, 112_896)]
    public void FCN_gives_a_class_for_every_pixel(string name, long trained, long bilinear)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name);
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(trained);
        net.NonTrainableWeights.Sum(w => w.ElementCount).Should().Be(bilinear);
        net.ComputeOutputShape((5, 320, 213, 3)).Should().Equal(5, 320, 213, 21);
        if (name != "fcn8s") return;
        // Without VGG's own gradients, which take most of the time.
        foreach (var layer in net.Layers.Where(l => l.Name.StartsWith("block", StringComparison.Ordinal))) layer.Trainable = false;
        var output = net.Run(Sample(ScalarType.Float32, 1, 17, 30, 3), training: false);
        output.shape.Should().Equal(1, 17, 30, 21);
        // Scores begin with zeros, so that every class is as likely.
        Close(output, torch.full(output.shape, 1 / 21.0), 1e-6, 0);
        output.select(3, 4).sum().backward();
        foreach (var layer in new[] { "score_fr", "score_pool4", "score_pool3" }) net.GetLayer(layer).Weights[0].Value.grad!.abs().sum().ToDouble().Should().BePositive(layer);
    }
}
