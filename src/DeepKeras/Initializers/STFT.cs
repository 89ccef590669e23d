using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>
/// The cosines or sines of a short-time Fourier transform, under a window (Keras: <c>keras.initializers.STFT</c>): as the kernel of a Conv1D they turn a signal
/// into the real or imaginary parts of its spectrum, frame by frame.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(frame length, 1, F / 2 + 1)</c> for F frequencies; element (t, 0, f) is <c>w(t) · cos(−2π t f / F) / s</c>.
/// <code>var t = Conv1D(129, 256, strides: 128, useBias: false, kernelInitializer: new STFT())(Input(16_000, 1));</code>
/// </remarks>
[KerasName("stft", "STFTInitializer", "stft_initializer")]
public sealed class STFT : Initializer
{
    private static readonly string[] s_sides = ["real", "imag"];
    private static readonly string[] s_scalings = ["density", "spectrum"];

    // By n / N from 0 to 1: the usual sums of cosines, and a triangle.
    private static readonly Dictionary<string, Func<double, double>> s_windows = new(StringComparer.Ordinal)
    {
        ["hann"] = x => 0.5 - (0.5 * Math.Cos(2 * Math.PI * x)),
        ["hamming"] = x => 0.54 - (0.46 * Math.Cos(2 * Math.PI * x)),
        ["blackman"] = x => 0.42 - (0.5 * Math.Cos(2 * Math.PI * x)) + (0.08 * Math.Cos(4 * Math.PI * x)),
        ["bartlett"] = x => 1 - Math.Abs((2 * x) - 1),
        ["boxcar"] = _ => 1,
    };

    /// <summary>Creates the initializer.</summary>
    /// <param name="side"><c>"real"</c> (default), cosines, or <c>"imag"</c>, sines.</param>
    /// <param name="window"><c>"hann"</c> (default), <c>"hamming"</c>, <c>"blackman"</c>, <c>"bartlett"</c>, <c>"boxcar"</c>, or <see langword="null"/> for none.</param>
    /// <param name="scaling">What is divided by: <c>"density"</c> (default), the root of the window's sum of squares; <c>"spectrum"</c>, its sum; <see langword="null"/> for 1.</param>
    /// <param name="periodic">Whether the window's period is the frame, not one less; <see langword="false"/> by default.</param>
    /// <exception cref="KerasException">An argument is none of these.</exception>
    public STFT(string side = "real", string? window = "hann", string? scaling = "density", bool periodic = false)
    {
        if (!s_sides.Contains(side, StringComparer.Ordinal)) throw Throw.UnknownName("side of STFT", side, s_sides);
        if (window is not null && !s_windows.ContainsKey(window)) throw Throw.UnknownName("window of STFT", window, s_windows.Keys);
        if (scaling is not null && !s_scalings.Contains(scaling, StringComparer.Ordinal)) throw Throw.UnknownName("scaling of STFT", scaling, s_scalings);
        Side = side;
        Window = window;
        Scaling = scaling;
        Periodic = periodic;
    }

    /// <summary><c>real</c> or <c>imag</c>.</summary>
    public string Side { get; }

    /// <summary>The window; null for none.</summary>
    public string? Window { get; }

    /// <summary>What is divided by: <c>density</c>, <c>spectrum</c>, or null for nothing.</summary>
    public string? Scaling { get; }

    /// <summary>Whether the window's period is the frame.</summary>
    public bool Periodic { get; }

    /// <inheritdoc/>
    /// <exception cref="KerasException">The weight has not three axes, the middle one of extent 1.</exception>
    public override Tensor Create(long[] shape, ScalarType dtype) => Create(shape, dtype, 2 * (shape.LastOrDefault() - 1));

    /// <summary>The same for a transform of <paramref name="period"/> samples, which may be odd.</summary>
    internal Tensor Create(long[] shape, ScalarType dtype, long period)
    {
        if (shape is not [var length, 1, var count]) throw Throw.BadArgument(nameof(STFT), nameof(shape), "(frame length, 1, frequencies)", new Shape(shape), "Use it for the kernel of a Conv1D over one channel.");
        var weights = WindowOf(length);
        var divisor = Window is null ? 1 : Scaling switch
        {
            "density" => Math.Sqrt(weights.Sum(w => w * w)),
            "spectrum" => weights.Sum(Math.Abs),
            _ => 1,
        };
        var values = new double[length * count];
        for (var t = 0L; t < length; t++)
        {
            for (var f = 0L; f < count; f++)
            {
                // The angle modulo a whole turn first, so that long frames lose nothing.
                var angle = period == 0 ? 0 : -2 * Math.PI * (t * f % period) / period;
                values[(t * count) + f] = weights[t] * (Side == "real" ? Math.Cos(angle) : Math.Sin(angle)) / divisor;
            }
        }
        using var wide = torch.tensor(values, shape);
        return wide.to(dtype, true);
    }

    private double[] WindowOf(long length)
    {
        var weights = new double[length];
        var period = Periodic ? length : length - 1;
        for (var t = 0; t < length; t++) weights[t] = Window is null || period == 0 ? 1 : s_windows[Window]((double)t / period);
        return weights;
    }
}
