using System.Globalization;

namespace DeepKeras.Initializers;

/// <summary>
/// Random numbers of variance <c>scale / n</c>, where n is the number of inputs, of outputs, or their mean (Keras: <c>keras.initializers.VarianceScaling</c>;
/// He et al., 2015).
/// </summary>
/// <remarks>
/// The inputs and outputs of a weight of shape (k…, in, out) are in·Πk and out·Πk; of shape (n) both are n.
/// <code>var d = Dense(10, kernelInitializer: new VarianceScaling(2, "fan_out", "uniform"));</code>
/// </remarks>
public class VarianceScaling : RandomInitializer
{
    private static readonly string[] s_modes = ["fan_in", "fan_out", "fan_avg"];
    private static readonly string[] s_distributions = ["truncated_normal", "untruncated_normal", "uniform"];

    private (int[] In, int[] Out)? _axes;

    /// <summary>Creates the initializer.</summary>
    /// <param name="scale">Factor of the variance, positive; 1 by default.</param>
    /// <param name="mode">What n is: <c>"fan_in"</c> (default), <c>"fan_out"</c> or <c>"fan_avg"</c>.</param>
    /// <param name="distribution"><c>"truncated_normal"</c> (default, cut at two standard deviations), <c>"untruncated_normal"</c> or <c>"uniform"</c>.</param>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    /// <exception cref="KerasException">An argument is none of these.</exception>
    public VarianceScaling(double scale = 1, string mode = "fan_in", string distribution = "truncated_normal", int? seed = null)
        : base(seed)
    {
        if (!(scale > 0)) throw Throw.BadArgument(GetType().Name, nameof(scale), "a positive number", scale.ToString(CultureInfo.InvariantCulture), "Use Zeros() for a weight of zeros.");
        if (!s_modes.Contains(mode, StringComparer.Ordinal)) throw Throw.UnknownName("mode of VarianceScaling", mode, s_modes);
        if (string.Equals(distribution, "normal", StringComparison.Ordinal)) distribution = "truncated_normal";
        if (!s_distributions.Contains(distribution, StringComparer.Ordinal)) throw Throw.UnknownName("distribution of VarianceScaling", distribution, s_distributions);
        Scale = scale;
        Mode = mode;
        Distribution = distribution;
    }

    /// <summary>Factor of the variance.</summary>
    public double Scale { get; }

    /// <summary>What the variance is divided by: <c>fan_in</c>, <c>fan_out</c> or <c>fan_avg</c>.</summary>
    public string Mode { get; }

    /// <summary><c>truncated_normal</c>, <c>untruncated_normal</c> or <c>uniform</c>.</summary>
    public string Distribution { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        var (fanIn, fanOut) = _axes is { } axes ? (Product(shape, axes.In), Product(shape, axes.Out)) : Fans(shape);
        var n = Mode switch
        {
            "fan_in" => Math.Max(1.0, fanIn),
            "fan_out" => Math.Max(1.0, fanOut),
            _ => Math.Max(1.0, (fanIn + fanOut) / 2.0),
        };
        var variance = Scale / n;
        switch (Distribution)
        {
            case "truncated_normal":
                return DrawTruncatedNormal(shape, dtype, 0, Math.Sqrt(variance) / TruncationFactor);
            case "untruncated_normal":
                return DrawNormal(shape, dtype, 0, Math.Sqrt(variance));
            default:
                var limit = Math.Sqrt(3 * variance);
                return DrawUniform(shape, dtype, -limit, limit);
        }
    }

    /// <summary>The same for a weight whose inputs and outputs are not its last two axes.</summary>
    internal VarianceScaling WithFans(int[] inputAxes, int[] outputAxes)
    {
        var copy = (VarianceScaling)MemberwiseClone();
        copy._axes = (inputAxes, outputAxes);
        return copy;
    }

    internal static (long In, long Out) Fans(ReadOnlySpan<long> shape)
    {
        if (shape.IsEmpty) return (1, 1);
        if (shape.Length == 1) return (shape[0], shape[0]);
        var receptive = 1L;
        foreach (var extent in shape[..^2]) receptive *= extent;
        return (shape[^2] * receptive, shape[^1] * receptive);
    }

    private static long Product(long[] shape, int[] axes) => axes.Aggregate(1L, (product, axis) => product * shape[axis]);
}
