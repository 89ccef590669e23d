namespace DeepKeras.Schedules;

/// <summary>One swing of the rate up and far down, the momentum against it (super-convergence; Smith and Topin, 2019).</summary>
/// <remarks>
/// From <c>max/initialDivisor</c> up to <c>max</c> over the first <c>riseFraction</c> of the steps, then down to <c>max/initialDivisor/finalDivisor</c>;
/// the momentum falls from <c>maxMomentum</c> to <c>baseMomentum</c> and rises again. The optimizer takes both from here (SGD and RMSprop: momentum; Adam family: β₁).
/// <code>var optimizer = new SGD(new OneCycle(0.1, totalSteps: epochs * batchesPerEpoch), momentum: 0.9);</code>
/// </remarks>
public sealed class OneCycle : LearningRateSchedule, IMomentumSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="maxLearningRate">The highest rate.</param>
    /// <param name="totalSteps">Steps of the whole training, at least 2; later steps keep the last rate.</param>
    /// <param name="riseFraction">Share of the steps in which the rate rises, above 0 and below 1.</param>
    /// <param name="annealing">The shape of both ways: <c>"cos"</c> or <c>"linear"</c>.</param>
    /// <param name="cycleMomentum">Whether the momentum swings too.</param>
    /// <param name="baseMomentum">The lowest momentum, at the highest rate.</param>
    /// <param name="maxMomentum">The highest momentum, at the start and at the end.</param>
    /// <param name="initialDivisor">Highest rate over first rate.</param>
    /// <param name="finalDivisor">First rate over last rate.</param>
    /// <param name="name">A name; by default <c>OneCycle</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public OneCycle(
        double maxLearningRate,
        long totalSteps,
        double riseFraction = 0.3,
        string annealing = "cos",
        bool cycleMomentum = true,
        double baseMomentum = 0.85,
        double maxMomentum = 0.95,
        double initialDivisor = 25.0,
        double finalDivisor = 10000.0,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(OneCycle), nameof(maxLearningRate), maxLearningRate);
        if (totalSteps < 2) throw Throw.BadArgument(nameof(OneCycle), nameof(totalSteps), "at least 2", totalSteps, "Give epochs times batches per epoch.");
        if (riseFraction is not (> 0 and < 1)) throw Throw.BadArgument(nameof(OneCycle), nameof(riseFraction), "above 0 and below 1", riseFraction, "0.3 is a common choice.");
        if (annealing is not ("cos" or "linear")) throw Throw.UnknownName("annealing of OneCycle", annealing, ["cos", "linear"]);
        MaxLearningRate = maxLearningRate;
        TotalSteps = totalSteps;
        RiseFraction = riseFraction;
        Annealing = annealing;
        CycleMomentum = cycleMomentum;
        BaseMomentum = baseMomentum;
        MaxMomentum = maxMomentum;
        InitialDivisor = initialDivisor;
        FinalDivisor = finalDivisor;
    }

    /// <summary>The highest rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Steps of the whole training.</summary>
    public long TotalSteps { get; }

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double RiseFraction { get; }

    /// <summary>The shape of both ways.</summary>
    public string Annealing { get; }

    /// <summary>Whether the momentum swings too.</summary>
    public bool CycleMomentum { get; }

    /// <summary>The lowest momentum.</summary>
    public double BaseMomentum { get; }

    /// <summary>The highest momentum.</summary>
    public double MaxMomentum { get; }

    /// <summary>Highest rate over first rate.</summary>
    public double InitialDivisor { get; }

    /// <summary>First rate over last rate.</summary>
    public double FinalDivisor { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var first = MaxLearningRate / InitialDivisor;
        return Swing(step, first, MaxLearningRate, first / FinalDivisor);
    }

    /// <inheritdoc/>
    public double? MomentumAt(long step) => CycleMomentum ? Swing(step, MaxMomentum, BaseMomentum, MaxMomentum) : null;

    private double Swing(long step, double first, double middle, double last)
    {
        // The last step of the rise and the first of the fall are one, so n steps have n − 1 ways between them (as in PyTorch's OneCycleLR).
        var rise = (RiseFraction * TotalSteps) - 1;
        var now = Math.Min(step, TotalSteps - 1);
        return now <= rise ? Between(first, middle, now / rise) : Between(middle, last, (now - rise) / (TotalSteps - 1 - rise));
    }

    private double Between(double from, double to, double part) =>
        Annealing == "linear" ? from + ((to - from) * part) : to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
}
