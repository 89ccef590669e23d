using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <summary>
/// The short-time Fourier transform of signals (Keras: <c>keras.layers.STFTSpectrogram</c>): overlapping frames under a window, each as its frequencies. It is
/// computed as a convolution with kernels that start as cosines and sines and are trained like any others; <c>trainable: false</c> keeps them.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, T, C) → (N, frames, C · F)</c> with F = fftLength / 2 + 1 frequencies, twice as many for <c>"stft"</c>; with <c>expandDims</c>
/// <c>(N, frames, F, C)</c>. Channels first: <c>(N, C, T) → (N, C · F, frames)</c>, or <c>(N, C, frames, F)</c>.
/// <code>var t = STFTSpectrogram(frameLength: 256, frameStep: 64)(Input(16_000, 1)); // (None, 247, 129)</code>
/// </remarks>
public sealed class STFTSpectrogram : Layer
{
    private const double Epsilon = 1e-7;
    private static readonly string[] s_modes = ["log", "magnitude", "psd", "real", "imag", "angle", "stft"];
    private readonly SlidingWindow _frames;
    private readonly long _frequencies;
    private Weight? _real;
    private Weight? _imaginary;

    /// <summary>Creates the layer.</summary>
    /// <param name="mode">What is given: <c>"log"</c> (default) of the magnitude, <c>"magnitude"</c>, <c>"psd"</c> (power spectral density), <c>"real"</c>, <c>"imag"</c>, <c>"angle"</c>, or <c>"stft"</c>, real parts and then imaginary ones.</param>
    /// <param name="frameLength">Samples in a frame; 256 by default.</param>
    /// <param name="frameStep">Samples from one frame to the next, at most <paramref name="frameLength"/>; half of it by default.</param>
    /// <param name="fftLength">Length of the transform, at least <paramref name="frameLength"/>; the next power of two by default.</param>
    /// <param name="window">The window, as in <see cref="STFT"/>; <c>"hann"</c> by default.</param>
    /// <param name="periodic">Whether the window's period is the frame; <see langword="false"/> by default.</param>
    /// <param name="scaling"><c>"density"</c> (default), <c>"spectrum"</c> or <see langword="null"/>, as in <see cref="STFT"/>.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="expandDims">Whether channels and frequencies have an axis each; <see langword="false"/> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, T, C), the default, or <c>"channels_first"</c> (N, C, T).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A length does not fit the others, or a word is not known.</exception>
    public STFTSpectrogram(
        string mode = "log",
        long frameLength = 256,
        long? frameStep = null,
        long? fftLength = null,
        string? window = "hann",
        bool periodic = false,
        string? scaling = "density",
        string padding = "valid",
        bool expandDims = false,
        DataFormat dataFormat = default,
        Shape? inputShape = null,
        string? name = null)
        : base(inputShape, name)
    {
        if (!s_modes.Contains(mode, StringComparer.Ordinal)) throw Throw.UnknownName("mode of STFTSpectrogram", mode, s_modes);
        if (padding is not ("valid" or "same")) throw Throw.UnknownName("padding of STFTSpectrogram", padding, ["valid", "same"]);
        if (frameLength < 2) throw Throw.BadArgument(Where, nameof(frameLength), "at least 2 samples", frameLength, "Usual are 256 or more.");
        if (frameStep < 1 || frameStep > frameLength) throw Throw.BadArgument(Where, nameof(frameStep), $"between 1 and the frame's length, {frameLength},", frameStep, "Leave it out for half a frame.");
        if (fftLength < frameLength) throw Throw.BadArgument(Where, nameof(fftLength), $"at least the frame's length, {frameLength},", fftLength, "Leave it out for the next power of two.");
        Mode = mode;
        FrameLength = frameLength;
        FrameStep = frameStep;
        FftLength = fftLength;
        Window = window;
        Periodic = periodic;
        Scaling = scaling;
        Padding = padding;
        ExpandDims = expandDims;
        DataFormat = dataFormat;
        // The initializers refuse windows and scalings that they do not know.
        _ = new STFT("real", window, scaling, periodic);
        _frames = new(frameLength, frameStep ?? (frameLength / 2), 1, padding == "same" ? PaddingMode.Same : PaddingMode.Valid, 0);
        _frequencies = ((fftLength ?? (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)frameLength)) / 2) + 1;
    }

    /// <summary>What is given.</summary>
    public string Mode { get; }

    /// <summary>Samples in a frame.</summary>
    public long FrameLength { get; }

    /// <summary>Samples from one frame to the next; null for half a frame.</summary>
    public long? FrameStep { get; }

    /// <summary>Length of the transform; null for the next power of two.</summary>
    public long? FftLength { get; }

    /// <summary>The window; null for none.</summary>
    public string? Window { get; }

    /// <summary>Whether the window's period is the frame.</summary>
    public bool Periodic { get; }

    /// <summary>What the window is divided by.</summary>
    public string? Scaling { get; }

    /// <summary><c>valid</c> or <c>same</c>.</summary>
    public string Padding { get; }

    /// <summary>Whether channels and frequencies have an axis each.</summary>
    public bool ExpandDims { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, DataFormat, 1);
        var frames = _frames.Positions(extents[0]);
        if (frames < 1) throw Throw.WindowTooLarge(this, "frame", [_frames], input);
        var frequencies = Mode == "stft" ? 2 * _frequencies : _frequencies;
        return (ExpandDims, DataFormat.IsChannelsFirst) switch
        {
            (false, false) => new(input[0], frames, channels * frequencies),
            (false, true) => new(input[0], channels * frequencies, frames),
            (true, false) => new(input[0], frames, frequencies, channels),
            (true, true) => new(input[0], channels, frames, frequencies),
        };
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var shape = new Shape(FrameLength, 1, _frequencies);
        int[] layout = [2, 1, 0];
        if (Mode != "imag") _real = AddWeight("real_kernel", shape, new STFT("real", Window, Scaling, Periodic), layout: layout);
        if (Mode != "real") _imaginary = AddWeight("imag_kernel", shape, new STFT("imag", Window, Scaling, Periodic), layout: layout);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var native = SpatialAxes.ToNative(input, DataFormat);
        var (batch, channels, length) = (native.size(0), native.size(1), native.size(2));
        var signals = native.reshape(batch * channels, 1, length);
        if (Padding == "same" && _frames.SameTotal(length) is > 0 and var total) signals = torch.nn.functional.pad(signals, [total / 2, total - (total / 2)]);
        var spectrum = Spectrum(signals);
        spectrum = spectrum.view(batch, channels, spectrum.size(1), spectrum.size(2));
        if (ExpandDims) return DataFormat.IsChannelsFirst ? spectrum.transpose(2, 3) : spectrum.permute(0, 3, 2, 1);
        var joined = spectrum.flatten(1, 2);
        return DataFormat.IsChannelsFirst ? joined : joined.transpose(1, 2);
    }

    /// <summary>(N · C, 1, T) as (N · C, frequencies, frames).</summary>
    private Tensor Spectrum(Tensor signals)
    {
        var real = _real is null ? null : torch.nn.functional.conv1d(signals, _real.Native, null, _frames.Stride, 0, 1, 1);
        var imaginary = _imaginary is null ? null : torch.nn.functional.conv1d(signals, _imaginary.Native, null, _frames.Stride, 0, 1, 1);
        switch (Mode)
        {
            case "real": return real!;
            case "imag": return imaginary!;
            case "angle": return imaginary!.atan2(real!);
            case "stft": return torch.cat([real!, imaginary!], 1);
        }
        var power = real!.square().add(imaginary!.square());
        // The frequencies between the first and the last stand for their mirror images too.
        if (Mode == "psd") return power.add(torch.nn.functional.pad(power.narrow(1, 1, _frequencies - 2), [0, 0, 1, 1]));
        var magnitude = power.clamp(Epsilon).sqrt();
        return Mode == "magnitude" ? magnitude : magnitude.clamp(Epsilon).log();
    }
}
