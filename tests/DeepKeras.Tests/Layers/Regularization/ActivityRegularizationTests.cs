using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class ActivityRegularizationTests
{
    [Test]
    public void The_penalty_joins_the_loss_divided_by_the_batch()
    {
        using var scope = torch.NewDisposeScope();
        var model = new Sequential([Keras.Input(2), new ActivityRegularization(l1: 0.1, l2: 0.01)]);
        model.Compile(new SGD(), "mse");
        var x = Floats([1, -2, 3, -4], 2, 2);

        model.PredictOnBatch(x).Single.shape.Should().Equal(2, 2);
        // Targets equal to the input leave the penalty alone: (0.1 · 10 + 0.01 · 30) / 2.
        model.Evaluate(x, x, verbose: 0)[0].Should().BeApproximately(0.65, 1e-6);
    }

    [Test]
    public void A_negative_factor_is_refused() =>
        FluentActions.Invoking(() => new ActivityRegularization(l1: -1)).Should().Throw<KerasException>().WithMessage("*l1 must be*-1*");
}
