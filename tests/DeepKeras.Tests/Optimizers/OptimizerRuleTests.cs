using System.Text.Json;
using DeepKeras.Schedules;
using DeepKeras.Tests.Optimizers.Fixtures;

namespace DeepKeras.Tests.Optimizers;

/// <summary>20 steps of every optimizer with its options against the NumPy rules of Fixtures/optimizers.py.</summary>
public sealed class OptimizerRuleTests
{
    private static readonly Dictionary<string, Func<Optimizer>> s_cases = new(StringComparer.Ordinal)
    {
        ["sgd"] = () => new SGD(),
        ["sgd_momentum"] = () => new SGD(0.05, momentum: 0.9),
        ["sgd_nesterov_decay"] = () => NoBiasDecay(new SGD(0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01)),
        ["sgd_clipvalue"] = () => new SGD(0.1, clipvalue: 0.3),
        ["sgd_clipnorm"] = () => new SGD(0.1, clipnorm: 0.7),
        ["sgd_schedule_accumulate"] = () => new SGD(new StepDecay(0.1, 5, 0.5), gradientAccumulationSteps: 3),
        ["sgd_ema"] = () => new SGD(0.1, useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 4),
        ["rmsprop"] = () => new RMSprop(),
        ["rmsprop_centered_momentum"] = () => new RMSprop(0.01, rho: 0.95, momentum: 0.5, epsilon: 1e-5, centered: true),
        ["adam"] = () => new Adam(),
        ["adam_amsgrad"] = () => new Adam(0.01, beta1: 0.8, beta2: 0.9, amsgrad: true),
        ["adam_global_clipnorm_scale"] = () => new Adam(0.01, globalClipnorm: 1, lossScaleFactor: 4),
        ["adam_accumulate_clipnorm"] = () => new Adam(0.01, clipnorm: 0.5, gradientAccumulationSteps: 2, weightDecay: 0.02),
        ["adamw"] = () => new AdamW(0.01),
        ["adagrad"] = () => new Adagrad(0.1, initialAccumulatorValue: 0.3),
        ["adadelta"] = () => new Adadelta(1.0, rho: 0.9),
        ["adamax"] = () => new Adamax(0.01),
        ["adamax_ema"] = () => new Adamax(0.01, useEma: true, emaMomentum: 0.8),
        ["nadam"] = () => new Nadam(0.01),
        ["nadam_accumulate"] = () => new Nadam(0.01, beta1: 0.8, beta2: 0.95, gradientAccumulationSteps: 2),
        ["lion"] = () => new Lion(0.01, weightDecay: 0.1),
        ["lamb"] = () => new Lamb(0.01),
        ["ftrl"] = () => new Ftrl(0.1),
        ["ftrl_all"] = () => new Ftrl(0.05, -0.2, 0.4, 0.05, 0.15, 0.01, 0.3),
        ["adafactor"] = () => new Adafactor(0.05),
        ["adafactor_clip"] = () => new Adafactor(0.5, beta2Decay: -0.65, clipThreshold: 0.9, epsilon2: 0.01),
        ["schedule_free"] = () => new ScheduleFreeAdamW(0.01),
        ["schedule_free_warmup_decay_clipnorm"] = () => new ScheduleFreeAdamW(0.1, beta2: 0.9, warmupSteps: 8, weightDecay: 0.02, globalClipnorm: 2),
        ["muon"] = () => new Muon(0.02),
        ["muon_plain"] = () => new Muon(0.02, nesterov: false, momentum: 0.9),
    };

    private static readonly Lazy<Dictionary<string, double[][]>> s_expected = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, double[][]>>(File.ReadAllText(Path.Combine(SharedData.Root, "tests/DeepKeras.Tests/Optimizers/Fixtures/optimizers.json")))!);

    public static IEnumerable<string> Names => s_cases.Keys;

    [Test]
    public void EveryCaseOfTheFixtureIsReplayed() =>
        s_cases.Keys.Should().BeEquivalentTo(s_expected.Value.Keys.Where(k => !k.EndsWith(".average", StringComparison.Ordinal)));

    [TestCaseSource(nameof(Names))]
    public void TwentyStepsAgreeWithKerasRule(string name)
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = s_cases[name]();
        // The fixture's gradients are what the optimizer gets to see; Minimize scales the loss up by itself, the fixture does not.
        var holder = Train(optimizer, Optimizer.DefaultGroupLimit, 1 / (optimizer.LossScaleFactor ?? 1));
        var expected = s_expected.Value[name];
        for (var j = 0; j < expected.Length; j++) Close(holder.Weights[j].View().flatten(), expected[j], 2e-5, 2e-5);
        if (!optimizer.UseEma) return;
        var averages = optimizer.GetState().Where(s => s.Name.EndsWith("_average", StringComparison.Ordinal)).ToList();
        averages.Should().HaveCount(expected.Length);
        for (var j = 0; j < expected.Length; j++) Close(averages[j].Value.flatten(), s_expected.Value[name + ".average"][j], 2e-5, 2e-5);
    }

    [TestCaseSource(nameof(Names))]
    public void OneBufferOrManyIsTheSame(string name)
    {
        using var scope = torch.NewDisposeScope();
        var grouped = Train(s_cases[name](), Optimizer.DefaultGroupLimit);
        var single = Train(s_cases[name](), 0);
        // Sums of squares and powers round differently at the ends of a longer array; everything else is the same bit by bit.
        if (name.Contains("clipnorm", StringComparison.Ordinal) || name.StartsWith("ftrl", StringComparison.Ordinal)) Difference(grouped.Values(), single.Values(), 1e-6, 1e-6).Should().BeNull();
        else grouped.Values().Should().Equal(single.Values());
    }

    private static WeightHolder Train(Optimizer optimizer, int groupLimit, double scale = 1)
    {
        var holder = WeightHolder.Three();
        optimizer.GroupLimit = groupLimit;
        optimizer.Build(holder.Weights);
        optimizer.SlotCount.Should().Be(groupLimit == 0 || !optimizer.IsElementWise ? 3 : optimizer.WeightDecay is not null && optimizer is SGD ? 2 : 1);
        for (var step = 0; step < 20; step++) optimizer.Minimize(holder.Loss(step, scale));
        return holder;
    }

    private static SGD NoBiasDecay(SGD optimizer)
    {
        optimizer.ExcludeFromWeightDecay(names: ["bias"]);
        return optimizer;
    }
}
