using System.Globalization;

namespace DeepKeras.Constraints;

/// <summary>
/// Brings the lengths of vectors between two bounds: <c>w · (rate · clip(‖w‖, minValue, maxValue) + (1 − rate) · ‖w‖) / (‖w‖ + 1e-7)</c>
/// (Keras: <c>keras.constraints.MinMaxNorm</c>).
/// </summary>
/// <remarks><b>Shapes</b> unchanged. <code>var d = Dense(10, kernelConstraint: new MinMaxNorm(0.5, 1.5, rate: 0.9));</code></remarks>
public sealed class MinMaxNorm : NormConstraint
{
    /// <summary>Creates the constraint.</summary>
    /// <param name="minValue">The smallest length; 0 by default.</param>
    /// <param name="maxValue">The greatest length; 1 by default.</param>
    /// <param name="rate">How much of the way is gone at each step, from 0 to 1; 1 by default, all of it.</param>
    /// <param name="axis">The axes along which lengths are taken, in Keras's layout; 0 by default.</param>
    /// <exception cref="KerasException">The bounds are not in order, or <paramref name="rate"/> is not within 0 … 1.</exception>
    public MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, Axes? axis = null)
        : base(axis)
    {
        if (!(minValue >= 0 && minValue <= maxValue)) throw Throw.BadArgument(nameof(MinMaxNorm), nameof(minValue), $"between 0 and maxValue = {maxValue.ToString(CultureInfo.InvariantCulture)}", minValue.ToString(CultureInfo.InvariantCulture), "Give the smaller bound first.");
        if (!(rate >= 0 && rate <= 1)) throw Throw.BadArgument(nameof(MinMaxNorm), nameof(rate), "between 0 and 1", rate.ToString(CultureInfo.InvariantCulture), "Use 1 to enforce the bounds at every step.");
        MinValue = minValue;
        MaxValue = maxValue;
        Rate = rate;
    }

    /// <summary>The smallest length.</summary>
    public double MinValue { get; }

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; }

    /// <summary>How much of the way is gone at each step.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight)
    {
        var norms = Norms(weight);
        var desired = norms.clamp(MinValue, MaxValue);
        if (Rate != 1) desired = desired.mul(Rate).add(norms.mul(1 - Rate));
        return Rescale(weight, norms, desired);
    }
}
