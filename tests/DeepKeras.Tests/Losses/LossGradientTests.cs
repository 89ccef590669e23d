using DeepKeras.Losses;

namespace DeepKeras.Tests.Losses;

/// <summary>Every loss against central finite differences in float64.</summary>
public sealed class LossGradientTests
{
    [Test]
    public void Every_loss_is_looked_at() => LossSamples.Types.Should().HaveCount(22);

    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Types))]
    public void The_gradient_is_that_of_the_value(Type type) => Check(LossSamples.Create(type));

    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Types))]
    public void The_gradient_holds_without_the_fused_mean(Type type) => Check(LossSamples.Create(type, "sum"));

    [TestCaseSource(typeof(LossSamples), nameof(LossSamples.Variants))]
    public void The_gradient_of_a_variant_is_that_of_the_value(object variant) => Check((Loss)variant);

    private static void Check(Loss loss)
    {
        using var scope = torch.NewDisposeScope();
        var (yTrue, yPred) = LossSamples.Data(loss);
        // Soft targets, so that no term of a formula is hidden behind a 0.
        if (!loss.TargetsAreClasses) yTrue = yTrue.mul(0.8).add(0.05);
        Gradients.Check(() => loss.Compute(yTrue, yPred), [yPred.detach_()], 1e-4, 1e-6);
    }
}
