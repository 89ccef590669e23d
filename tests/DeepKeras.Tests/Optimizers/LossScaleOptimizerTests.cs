using static DeepKeras.Keras;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Scaling by powers of two is exact, so that the steps are those of the inner optimizer bit for bit.</summary>
public sealed class LossScaleOptimizerTests
{
    public static IEnumerable<Func<Optimizer>> Inner() =>
    [
        () => new SGD(0.1, momentum: 0.9, nesterov: true, clipnorm: 0.5),
        () => new Adam(0.05, globalClipnorm: 0.3, useEma: true, weightDecay: 0.01),
        () => new Nadam(0.05, gradientAccumulationSteps: 2),
        () => new Muon(0.02),
        () => new ScheduleFreeAdamW(0.05),
    ];

    [TestCaseSource(nameof(Inner))]
    public void ItStepsAsTheInnerOptimizerWhileTheScaleDoubles(Func<Optimizer> make)
    {
        using var scope = torch.NewDisposeScope();
        var plain = Model(make());
        var scaled = new LossScaleOptimizer(make(), initialScale: 4, dynamicGrowthSteps: 3);
        var model = Model(scaled);
        var (x, y) = (Ramp(-1, 0.1, 6, 4), Ramp(0, 0.2, 6, 2));
        foreach (var scale in new double[] { 4, 4, 8, 8, 8, 16, 16 })
        {
            model.TrainOnBatch(x, y).Loss.Should().Be(plain.TrainOnBatch(x, y).Loss);
            scaled.DynamicScale.Should().Be(scale);
        }
        model.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(plain.GetWeights().SelectMany(w => Numbers(w)));
        scaled.Iterations.Should().Be(plain.Optimizer!.Iterations);
    }

    [Test]
    public void AStepThatOverflowsIsLeftOutAndHalvesTheScale()
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = new LossScaleOptimizer(new Adam(0.1), initialScale: 8, dynamicGrowthSteps: 2);
        var model = Model(optimizer);
        var (x, y) = (Ramp(-1, 0.1, 6, 4), Ramp(0, 0.2, 6, 2));
        _ = model.TrainOnBatch(x, y);
        var before = model.GetWeights().SelectMany(w => Numbers(w)).ToArray();
        foreach (var (bad, scale) in new[] { (double.PositiveInfinity, 4.0), (double.NaN, 2.0) })
        {
            _ = model.TrainOnBatch(x * bad, y);
            (optimizer.DynamicScale, optimizer.Iterations).Should().Be((scale, 1));
            model.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(before);
        }
        _ = model.TrainOnBatch(x, y);
        optimizer.DynamicScale.Should().Be(2, "the count began anew");
        _ = model.TrainOnBatch(x, y);
        optimizer.DynamicScale.Should().Be(4);
    }

    [Test]
    public void ItsStateGoesOnBitForBit()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (Ramp(-1, 0.1, 6, 4), Ramp(0, 0.2, 6, 2));
        var whole = Model(new LossScaleOptimizer(new Nadam(0.05), 4, 3));
        for (var i = 0; i < 4; i++) _ = whole.TrainOnBatch(x, y);
        var other = Model(new LossScaleOptimizer(new Nadam(0.05), 4, 3));
        other.SetWeights(whole.GetWeights());
        other.ReadyOptimizer(other.Compiled!);
        other.Optimizer!.SetState([.. other.Optimizer.GetState().Zip(whole.Optimizer!.GetState(), (own, state) => (own.Name, state.Value))]);
        ((LossScaleOptimizer)other.Optimizer).DynamicScale.Should().Be(8);
        for (var i = 0; i < 3; i++) other.TrainOnBatch(x, y).Loss.Should().Be(whole.TrainOnBatch(x, y).Loss);
    }

    [Test]
    public void WrongArgumentsAreNamed()
    {
        Refused(() => new LossScaleOptimizer("sgd", 0), "*initialScale must be a positive number but was 0. *");
        Refused(() => new LossScaleOptimizer("sgd", dynamicGrowthSteps: 0), "*dynamicGrowthSteps must be at least 1 but was 0. *");
        Refused(() => new ScheduleFreeAdamW(warmupSteps: -1), "*warmupSteps must be at least 0 but was -1. *");
    }

    private static void Refused(Func<Optimizer> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);

    private static Sequential Model(Optimizer optimizer)
    {
        SetRandomSeed(3);
        Sequential model = [Dense(5, "tanh", inputShape: 4), Dense(2)];
        model.Compile(optimizer, "mse");
        return model;
    }
}
