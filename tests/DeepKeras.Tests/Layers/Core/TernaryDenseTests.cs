using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class TernaryDenseTests
{
    [SetUp]
    public void Start() => ClearSession();

    [Test]
    public void The_kernel_counts_as_signs_above_the_threshold()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new TernaryDense(2, threshold: 0.5, useBias: false);
        _ = layer.Call(torch.ones(1, 3));
        layer.Weights[0].Assign(Floats([0.6f, -0.2f, 0.5f, -0.9f, 0.1f, 3], 3, 2));
        Close(layer.Call(Floats([1, 10, 100], 1, 3)), [1, 90], 1e-4);
    }

    [Test]
    public void Without_a_threshold_the_mean_magnitude_decides_and_scales()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new TernaryDense(1, useBias: false);
        _ = layer.Call(torch.ones(1, 4));
        // Mean magnitude 1, so that 0.4 does not count and 0.6 does.
        layer.Weights[0].Assign(Floats([0.4f, 0.6f, -2, 1], 4, 1));
        Close(layer.Call(Floats([1000, 100, 10, 1], 1, 4)), [91], 1e-4);
    }

    [Test]
    public void It_learns()
    {
        SetRandomSeed(2);
        using var scope = torch.NewDisposeScope();
        Sequential model = [new TernaryDense(16, activation: "relu", inputShape: 2), new TernaryDense(1)];
        model.Compile(new Adam(0.02), "mse");
        var x = Sample(ScalarType.Float32, 64, 2);
        var y = x.select(1, 0).sub(x.select(1, 1)).unsqueeze(1);
        var before = model.TestOnBatch(x, y).Loss;
        for (var i = 0; i < 150; i++) _ = model.TrainOnBatch(x, y);
        model.TestOnBatch(x, y).Loss.Should().BeLessThan(before / 4);
    }

    [Test]
    public void Refusals_say_why()
    {
        Refused(() => new TernaryDense(0), "TernaryDense 'ternary_dense*': units must be a positive number but was 0. *");
        Refused(() => new TernaryDense(2, threshold: -1), "TernaryDense *: threshold must be a number of at least 0 but was -1. *");
        Refused(() => new TernaryDense(2, threshold: double.NaN), "TernaryDense *: threshold must be a number of at least 0 but was NaN. *");
    }

    private static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
