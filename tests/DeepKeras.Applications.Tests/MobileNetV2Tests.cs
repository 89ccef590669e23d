namespace DeepKeras.Applications.Tests;

/// <summary>What is particular to MobileNet v2.</summary>
public sealed class MobileNetV2Tests
{
    // Summed over the parameters of torchvision 0.14's MobileNetV2(width_mult=alpha).
    [TestCase(0.35, 1_677_128)]
    [TestCase(0.5, 1_968_680)]
    [TestCase(1.4, 6_108_776)]
    public void Its_width_is_scaled(double alpha, long expected)
    {
        using var scope = torch.NewDisposeScope();
        Zoo.MobileNetV2(weights: null, alpha: alpha).TrainableWeights.Sum(w => w.ElementCount).Should().Be(expected);
    }

    [Test]
    public void Blocks_that_keep_size_and_channels_are_added_to_their_input()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.MobileNetV2(includeTop: false, weights: null, inputShape: (224, 224, 3));
        // Keras's applications add in these blocks.
        net.Layers.Select(l => l.Name).Where(n => n.EndsWith("_add", StringComparison.Ordinal)).Should().Equal(
            "block_2_add", "block_4_add", "block_5_add", "block_7_add", "block_8_add", "block_9_add", "block_11_add", "block_12_add", "block_14_add", "block_15_add");
        net.GetLayer("block_6_depthwise_relu").Output.Shape.Should().Equal(null, 14, 14, 192);
        net.GetLayer("out_relu").Output.Shape.Should().Equal(null, 7, 7, 1280);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_width_that_is_none_is_refused(double alpha)
    {
        var build = () => Zoo.MobileNetV2(weights: null, alpha: alpha);
        build.Should().Throw<KerasException>().WithMessage("mobilenet_v2 expects alpha to be a positive number but received *. Write 1 for *");
    }
}
