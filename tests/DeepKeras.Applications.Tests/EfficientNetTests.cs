using DeepKeras.Layers;

namespace DeepKeras.Applications.Tests;

/// <summary>What is particular to EfficientNet.</summary>
public sealed class EfficientNetTests
{
    [Test]
    public void Branches_are_dropped_the_more_often_the_deeper_they_are()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.EfficientNetB0(includeTop: false, weights: null, inputShape: (64, 64, 3));
        var drops = net.Layers.OfType<StochasticDepth>().ToDictionary(d => d.Name, d => d.Rate);
        // Nine of the sixteen blocks have a shortcut; the rate of block i, counted from 0, is 0.2 · i / 16.
        drops.Should().HaveCount(9);
        drops["block2b_drop"].Should().BeApproximately(0.2 * 2 / 16, 1e-12);
        drops["block6d_drop"].Should().BeApproximately(0.2 * 14 / 16, 1e-12);
    }

    [TestCase("efficientnet_b0", 1e-5, 0.9, 0.2)]
    [TestCase("efficientnet_b3", 1e-5, 0.9, 0.3)]
    [TestCase("efficientnet_b4", 1e-5, 0.9, 0.4)]
    [TestCase("efficientnet_b5", 1e-3, 0.99, 0.4)]
    public void Normalization_and_dropout_are_torchvisions(string name, double epsilon, double momentum, double dropout)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name, inputShape: (32, 32, 3), classes: 2);
        net.Layers.OfType<BatchNormalization>().Should().NotBeEmpty().And.OnlyContain(b => b.Epsilon == epsilon && b.Momentum == momentum);
        net.Layers.OfType<Dropout>().Single().Rate.Should().Be(dropout);
    }

    [Test]
    public void Its_layers_have_Kerass_names()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.EfficientNetB0(weights: null, classes: 2);
        net.GetLayer("block1a_dwconv").Output.Shape.Should().Equal(null, 112, 112, 32);
        net.GetLayer("block6a_expand_activation").Output.Shape.Should().Equal(null, 14, 14, 672);
        net.GetLayer("block7a_project_bn").Output.Shape.Should().Equal(null, 7, 7, 320);
        net.GetLayer("top_activation").Output.Shape.Should().Equal(null, 7, 7, 1280);
        // A quarter of what comes into the block.
        net.GetLayer("block7a_se_reduce").Output.Shape.Should().Equal(null, 1, 1, 48);
    }
}
