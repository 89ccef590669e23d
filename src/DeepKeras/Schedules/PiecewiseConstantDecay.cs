namespace DeepKeras.Schedules;

/// <summary>A constant rate between boundaries (Keras: <c>keras.optimizers.schedules.PiecewiseConstantDecay</c>).</summary>
/// <remarks>
/// <c>values[0]</c> while <c>step ≤ boundaries[0]</c>, then <c>values[1]</c> while <c>step ≤ boundaries[1]</c> …, at last <c>values[^1]</c>: a boundary belongs to its left piece.
/// <code>var optimizer = new SGD(new PiecewiseConstantDecay([1000, 2000], [0.1, 0.01, 0.001]));</code>
/// </remarks>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="boundaries">Steps after which the rate changes, rising.</param>
    /// <param name="values">The rates, one more than boundaries.</param>
    /// <param name="name">A name; by default <c>PiecewiseConstant</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public PiecewiseConstantDecay(
        long[] boundaries,
        double[] values,
        string? name = null)
        : base(name ?? "PiecewiseConstant")
    {
        if (boundaries.Length != values.Length - 1) throw Throw.BadArgument(nameof(PiecewiseConstantDecay), nameof(values), $"one rate more than the {boundaries.Length} boundaries", $"{values.Length} rates", "Add the rate that holds after the last boundary.");
        for (var i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= boundaries[i - 1]) throw Throw.BadArgument(nameof(PiecewiseConstantDecay), nameof(boundaries), "rising", string.Join(", ", boundaries), "Sort the boundaries.");
        }
        Boundaries = boundaries;
        Values = values;
    }

    /// <summary>Steps after which the rate changes.</summary>
    public long[] Boundaries { get; }

    /// <summary>The rates.</summary>
    public double[] Values { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var piece = Array.BinarySearch(Boundaries, step);
        return Values[piece < 0 ? ~piece : piece];
    }
}
