namespace DeepKeras.Schedules;

/// <summary>The rate swings between two bounds (Smith, 2017).</summary>
/// <remarks>
/// Up over <c>stepSize</c> steps, down over as many. <c>"triangular"</c> repeats, <c>"triangular2"</c> halves the swing every cycle, <c>"exp_range"</c> multiplies it by <c>gamma^step</c>.
/// With <c>baseMomentum</c> and <c>maxMomentum</c> the momentum swings the other way (Smith, 2018): highest where the rate is lowest.
/// For cycles that start warm and end low use <see cref="CosineDecayRestarts"/>.
/// <code>var optimizer = new SGD(new CyclicalLearningRate(1e-4, 1e-2, stepSize: 2000));</code>
/// </remarks>
public sealed class CyclicalLearningRate : LearningRateSchedule, IMomentumSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="minLearningRate">The lower bound, where it starts.</param>
    /// <param name="maxLearningRate">The upper bound.</param>
    /// <param name="stepSize">Steps of half a cycle, at least 1.</param>
    /// <param name="mode"><c>"triangular"</c>, <c>"triangular2"</c> or <c>"exp_range"</c>.</param>
    /// <param name="gamma">The factor per step of <c>"exp_range"</c>.</param>
    /// <param name="baseMomentum">The lowest momentum, at the highest rate, 0 … 1; by default the optimizer keeps its own.</param>
    /// <param name="maxMomentum">The highest momentum, at the lowest rate, from <paramref name="baseMomentum"/> to 1; together with it or not at all.</param>
    /// <param name="name">A name; by default <c>CyclicalLearningRate</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public CyclicalLearningRate(
        double minLearningRate,
        double maxLearningRate,
        long stepSize,
        string mode = "triangular",
        double gamma = 1.0,
        double? baseMomentum = null,
        double? maxMomentum = null,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(CyclicalLearningRate), nameof(minLearningRate), minLearningRate);
        CheckRate(nameof(CyclicalLearningRate), nameof(maxLearningRate), maxLearningRate);
        CheckSteps(nameof(CyclicalLearningRate), nameof(stepSize), stepSize);
        if (mode is not ("triangular" or "triangular2" or "exp_range")) throw Throw.UnknownName("mode of CyclicalLearningRate", mode, ["triangular", "triangular2", "exp_range"]);
        if (baseMomentum is not null and not (>= 0 and <= 1)) throw Throw.BadArgument(nameof(CyclicalLearningRate), nameof(baseMomentum), "from 0 to 1", baseMomentum, "0.85 is a common choice.");
        if ((baseMomentum is null) != (maxMomentum is null) || maxMomentum < baseMomentum || maxMomentum > 1) throw Throw.BadArgument(nameof(CyclicalLearningRate), nameof(maxMomentum), "from baseMomentum to 1, or neither of the two", maxMomentum, "0.85 and 0.95 are a common choice.");
        MinLearningRate = minLearningRate;
        MaxLearningRate = maxLearningRate;
        StepSize = stepSize;
        Mode = mode;
        Gamma = gamma;
        BaseMomentum = baseMomentum;
        MaxMomentum = maxMomentum;
    }

    /// <summary>The lower bound.</summary>
    public double MinLearningRate { get; }

    /// <summary>The upper bound.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Steps of half a cycle.</summary>
    public long StepSize { get; }

    /// <summary>How the swing changes.</summary>
    public string Mode { get; }

    /// <summary>The factor per step of <c>"exp_range"</c>.</summary>
    public double Gamma { get; }

    /// <summary>The lowest momentum.</summary>
    public double? BaseMomentum { get; }

    /// <summary>The highest momentum.</summary>
    public double? MaxMomentum { get; }

    /// <inheritdoc/>
    public override double At(long step) => MinLearningRate + ((MaxLearningRate - MinLearningRate) * Swing(step));

    /// <inheritdoc/>
    public double? MomentumAt(long step) => MaxMomentum - ((MaxMomentum - BaseMomentum) * Swing(step));

    /// <summary>How far up the rate is: 0 at its lower bound, 1 at its upper one.</summary>
    private double Swing(long step)
    {
        var cycle = Math.Floor(1 + (step / (2.0 * StepSize)));
        var distance = Math.Abs(((double)step / StepSize) - (2 * cycle) + 1);
        var height = Mode switch
        {
            "triangular2" => 1 / Math.Pow(2, cycle - 1),
            "exp_range" => Math.Pow(Gamma, step),
            _ => 1,
        };
        return Math.Max(0, 1 - distance) * height;
    }
}
