using System.Globalization;

namespace DeepKeras.Constraints;

/// <summary>
/// Shortens vectors longer than a limit: <c>w · min(‖w‖, maxValue) / (‖w‖ + 1e-7)</c> (Keras: <c>keras.constraints.MaxNorm</c>; Srivastava et al., 2014).
/// </summary>
/// <remarks><b>Shapes</b> unchanged. <code>var d = Dense(10, kernelConstraint: new MaxNorm(3));
/// var c = Conv2D(8, 3, kernelConstraint: new MaxNorm(3, axis: [0, 1, 2]));</code></remarks>
public sealed class MaxNorm : NormConstraint
{
    /// <summary>Creates the constraint.</summary>
    /// <param name="maxValue">The greatest length, not negative; 2 by default.</param>
    /// <param name="axis">The axes along which lengths are taken, in Keras's layout; 0 by default.</param>
    /// <exception cref="KerasException"><paramref name="maxValue"/> is negative.</exception>
    public MaxNorm(double maxValue = 2, Axes? axis = null)
        : base(axis)
    {
        if (!(maxValue >= 0)) throw Throw.BadArgument(nameof(MaxNorm), nameof(maxValue), "a number that is not negative", maxValue.ToString(CultureInfo.InvariantCulture), "Give the greatest length of a unit's weights, for instance 2.");
        MaxValue = maxValue;
    }

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; }

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight)
    {
        var norms = Norms(weight);
        return Rescale(weight, norms, norms.clamp(0, MaxValue));
    }
}
