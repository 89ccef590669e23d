namespace DeepKeras.Schedules;

/// <summary>The rate falls along half a cosine and then starts again, warm, with longer and lower periods (Keras: <c>keras.optimizers.schedules.CosineDecayRestarts</c>; SGDR, Loshchilov and Hutter, 2017).</summary>
/// <remarks>
/// Period i lasts <c>firstDecaySteps · tMul^i</c> steps and starts at <c>η₀ · mMul^i</c>; within it the rate is <c>η₀·((1 − α)·½·mMul^i·(1 + cos(π·part)) + α)</c>.
/// <code>var optimizer = new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: 1000));</code>
/// </remarks>
public sealed class CosineDecayRestarts : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="firstDecaySteps">Steps of the first period, at least 1.</param>
    /// <param name="tMul">Each period is so many times as long as the one before, at least 1.</param>
    /// <param name="mMul">Each period starts at so many times the rate of the one before.</param>
    /// <param name="alpha">The lowest rate as a fraction of <paramref name="initialLearningRate"/>.</param>
    /// <param name="name">A name; by default <c>SGDRDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public CosineDecayRestarts(
        double initialLearningRate,
        long firstDecaySteps,
        double tMul = 2.0,
        double mMul = 1.0,
        double alpha = 0.0,
        string? name = null)
        : base(name ?? "SGDRDecay")
    {
        CheckRate(nameof(CosineDecayRestarts), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(CosineDecayRestarts), nameof(firstDecaySteps), firstDecaySteps);
        if (!(tMul >= 1)) throw Throw.BadArgument(nameof(CosineDecayRestarts), nameof(tMul), "at least 1", tMul, "Use 1 for periods of equal length.");
        InitialLearningRate = initialLearningRate;
        FirstDecaySteps = firstDecaySteps;
        TMul = tMul;
        MMul = mMul;
        Alpha = alpha;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps of the first period.</summary>
    public long FirstDecaySteps { get; }

    /// <summary>How much longer each period is.</summary>
    public double TMul { get; }

    /// <summary>How much higher each period starts.</summary>
    public double MMul { get; }

    /// <summary>The lowest rate as a fraction of the first.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var (period, part) = Position((double)step / FirstDecaySteps);
        var wave = 0.5 * Math.Pow(MMul, period) * (1 + Math.Cos(Math.PI * part));
        return InitialLearningRate * (((1 - Alpha) * wave) + Alpha);
    }

    /// <summary>Which period a time is in, in units of the first period, and how far into it.</summary>
    private (double Period, double Part) Position(double time)
    {
        if (TMul == 1) return (Math.Floor(time), time - Math.Floor(time));
        // Periods before number i last (1 − tᵢ)/(1 − t) together. The logarithm may land a hair below a whole number right at a restart.
        var period = Math.Floor(Math.Log(1 - (time * (1 - TMul))) / Math.Log(TMul));
        var part = Part(period);
        return part < 1 ? (period, part) : (period + 1, Part(period + 1));

        double Part(double i)
        {
            var length = Math.Pow(TMul, i);
            return (time - ((1 - length) / (1 - TMul))) / length;
        }
    }
}
