using System.Text.Json;
using DeepKeras.Schedules;

namespace DeepKeras.Tests.Schedules;

/// <summary>Schedules against PyTorch's (Fixtures/schedules.py), and what they refuse. Keras's own numbers are replayed with the numeric cases.</summary>
public sealed class ScheduleTests
{
    private static readonly Dictionary<string, LearningRateSchedule> s_schedules = new(StringComparer.Ordinal)
    {
        ["one_cycle"] = new OneCycle(0.5, 30),
        ["one_cycle_linear"] = new OneCycle(0.5, 30, 0.4, "linear", baseMomentum: 0.8, maxMomentum: 0.9, initialDivisor: 10, finalDivisor: 100),
        ["triangular"] = new CyclicalLearningRate(0.01, 0.1, 4),
        ["triangular2"] = new CyclicalLearningRate(0.01, 0.1, 4, "triangular2"),
        ["triangular_momentum"] = new CyclicalLearningRate(0.01, 0.1, 4, baseMomentum: 0.85, maxMomentum: 0.95),
        ["triangular2_momentum"] = new CyclicalLearningRate(0.01, 0.1, 4, "triangular2", baseMomentum: 0.8, maxMomentum: 0.9),
        ["exp_range"] = new CyclicalLearningRate(0.01, 0.1, 5, "exp_range", 0.95),
        ["step"] = new StepDecay(0.1, 7, 0.3),
        ["warm_restarts"] = new CosineDecayRestarts(0.1, 4),
        ["equal_restarts"] = new CosineDecayRestarts(0.1, 7, tMul: 1),
    };

    private static readonly Lazy<JsonElement> s_expected = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests/DeepKeras.Tests/Schedules/Fixtures/schedules.json"))).RootElement);

    public static IEnumerable<string> Names => s_schedules.Keys;

    [TestCaseSource(nameof(Names))]
    public void ThirtyStepsAgreeWithPyTorch(string name)
    {
        double[] expected = [.. s_expected.Value.GetProperty(name).GetProperty("rates").EnumerateArray().Select(e => e.GetDouble())];
        expected.Should().HaveCount(30);
        Difference([.. Enumerable.Range(0, 30).Select(i => s_schedules[name].At(i))], expected, 1e-12, 1e-9).Should().BeNull();
    }

    [TestCase("one_cycle")]
    [TestCase("one_cycle_linear")]
    [TestCase("triangular_momentum")]
    [TestCase("triangular2_momentum")]
    public void TheMomentumSwingsAgainstTheRate(string name)
    {
        double[] expected = [.. s_expected.Value.GetProperty(name).GetProperty("momenta").EnumerateArray().Select(e => e.GetDouble())];
        Difference([.. Enumerable.Range(0, 30).Select(i => ((IMomentumSchedule)s_schedules[name]).MomentumAt(i)!.Value)], expected, 1e-12, 1e-9).Should().BeNull();
    }

    [Test]
    public void OnlyACycleOfTheMomentumMakesRoomForOne()
    {
        new SGD(new CyclicalLearningRate(0.01, 0.1, 4)).StateVariables.Should().BeEmpty();
        new SGD(s_schedules["triangular_momentum"]).StateVariables.Should().ContainSingle();
        new RMSprop(s_schedules["triangular_momentum"]).StateVariables.Count.Should().Be(new RMSprop(new CyclicalLearningRate(0.01, 0.1, 4)).StateVariables.Count + 1);
    }

    [Test]
    public void AfterTheEndTheLastRateStays()
    {
        var cycle = new OneCycle(0.5, 30);
        cycle.At(1000).Should().Be(cycle.At(29));
        new CosineDecay(0.1, 10, alpha: 0.25).At(1000).Should().BeApproximately(0.025, 1e-15);
        new PolynomialDecay(0.1, 10).At(1000).Should().BeApproximately(0.0001, 1e-15);
    }

    [Test]
    public void ABoundaryBelongsToItsLeftPiece()
    {
        var rates = new PiecewiseConstantDecay([10, 20], [3, 2, 1]);
        new[] { 0L, 10, 11, 20, 21 }.Select(rates.At).Should().Equal(3, 3, 2, 2, 1);
    }

    [Test]
    public void NamesAreKeras()
    {
        new PiecewiseConstantDecay([1], [1, 2]).Name.Should().Be("PiecewiseConstant");
        new CosineDecayRestarts(0.1, 10).Name.Should().Be("SGDRDecay");
        new ExponentialDecay(0.1, 10, 0.5).Name.Should().Be("ExponentialDecay");
    }

    [Test]
    public void WrongParametersAreRefused()
    {
        Refused(() => new ExponentialDecay(0.1, 0, 0.5), "ExponentialDecay: decaySteps must be at least 1 but was 0. Give it in training steps*");
        Refused(() => new InverseTimeDecay(0.1, 0, 0.5), "InverseTimeDecay: decaySteps must be at least 1*");
        Refused(() => new PolynomialDecay(-1, 5), "PolynomialDecay: initialLearningRate must be a finite number of at least 0 but was -1. *");
        Refused(() => new CosineDecay(0.1, 5, warmupSteps: -1), "CosineDecay: warmupSteps must be at least 0 but was -1. *");
        Refused(() => new CosineDecay(0.1, 5, warmupTarget: double.NaN), "CosineDecay: warmupTarget must be*");
        Refused(() => new CosineDecayRestarts(0.1, 5, tMul: 0.5), "CosineDecayRestarts: tMul must be at least 1 but was 0.5. *");
        Refused(() => new StepDecay(0.1, 0), "StepDecay: stepSize must be at least 1*");
        Refused(() => new PiecewiseConstantDecay([1, 2], [0.1]), "PiecewiseConstantDecay: values must be one rate more than the 2 boundaries but was 1 rates. *");
        Refused(() => new PiecewiseConstantDecay([2, 1], [1, 2, 3]), "PiecewiseConstantDecay: boundaries must be rising but was 2, 1. *");
        Refused(() => new CyclicalLearningRate(0.1, 0.2, 4, "triangle"), "Unknown mode of CyclicalLearningRate \"triangle\". It must be one of*\"triangular\"*");
        Refused(() => new CyclicalLearningRate(0.1, 0.2, 4, baseMomentum: 2, maxMomentum: 3), "CyclicalLearningRate: baseMomentum must be from 0 to 1 but was 2. *");
        Refused(() => new CyclicalLearningRate(0.1, 0.2, 4, baseMomentum: 0.9), "CyclicalLearningRate: maxMomentum must be from baseMomentum to 1, or neither of the two*");
        Refused(() => new CyclicalLearningRate(0.1, 0.2, 4, baseMomentum: 0.9, maxMomentum: 0.8), "CyclicalLearningRate: maxMomentum must be from baseMomentum to 1*");
        Refused(() => new OneCycle(0.1, 1), "OneCycle: totalSteps must be at least 2 but was 1. *");
        Refused(() => new OneCycle(0.1, 10, riseFraction: 1), "OneCycle: riseFraction must be above 0 and below 1 but was 1. *");
        Refused(() => new OneCycle(0.1, 10, annealing: "cosine"), "Unknown annealing of OneCycle \"cosine\". It must be one of*");
    }

    private static void Refused(Func<LearningRateSchedule> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);
}
