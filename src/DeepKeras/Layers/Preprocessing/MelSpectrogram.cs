using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <summary>
/// Pictures of sounds as the ear hears them (Keras: <c>keras.layers.MelSpectrogram</c>): the magnitudes of overlapping frames' Fourier transforms, to a power,
/// summed in bands that are evenly spaced on the mel scale <c>1127 · ln(1 + f / 700)</c>, in decibels. Nothing in it is trained.
/// </summary>
/// <remarks>
/// Frames are centred on the samples 0, stride, 2 · stride …; at both ends the signal is mirrored.
/// Decibels are <c>10 · log₁₀(max(S, minPower) / max(|refPower|, minPower))</c>, and what lies more than <c>topDb</c> below the loudest cell of the whole batch is raised to there.
/// <para><b>Shapes</b> <c>(N, T) → (N, numMelBins, frames)</c>, or one signal <c>(T) → (numMelBins, frames)</c>, with frames = ⌊T / sequenceStride⌋ + 1
/// (for an odd fftLength ⌊(T − 1) / sequenceStride⌋ + 1), where T &gt; ⌊fftLength / 2⌋.</para>
/// <code>var t = MelSpectrogram(numMelBins: 80, sequenceStride: 128, samplingRate: 8000)(Input(16_000)); // (None, 80, 126)</code>
/// </remarks>
public sealed class MelSpectrogram : Layer
{
    // The smallest normal float32: the root of a silent frame has a gradient of 0 and not 0 · ∞.
    private const double SmallestPower = 1.2e-38;
    private static readonly string[] s_windows = ["hann", "hamming"];
    private Tensor? _waves;
    private Tensor? _filters;

    /// <summary>Creates the layer.</summary>
    /// <param name="fftLength">Length of the Fourier transform in samples, at least 2; 2048 by default.</param>
    /// <param name="sequenceStride">Samples from one frame to the next, at least 1; 512 by default.</param>
    /// <param name="sequenceLength">Samples under the window, at most <paramref name="fftLength"/>; as many by default.</param>
    /// <param name="window">The window, periodic: <c>"hann"</c> (default), <c>"hamming"</c>, or <see langword="null"/> for none.</param>
    /// <param name="samplingRate">Samples in a second; 16,000 by default.</param>
    /// <param name="numMelBins">Number of bands, at least 1; 128 by default.</param>
    /// <param name="minFreq">Lower end of the lowest band in Hz, at least 0; 20 by default.</param>
    /// <param name="maxFreq">Upper end of the highest band in Hz, above <paramref name="minFreq"/>; half of the sampling rate, without fraction, by default.</param>
    /// <param name="powerToDb">Whether the result is in decibels; <see langword="true"/> by default.</param>
    /// <param name="topDb">Decibels below the loudest cell at which the picture ends, at least 0; 80 by default.</param>
    /// <param name="magExp">Exponent of the magnitudes, above 0: 2 (default) for power, 1 for the magnitudes themselves.</param>
    /// <param name="minPower">The least power that is told from silence, above 0; 1e-10 by default.</param>
    /// <param name="refPower">The power of 0 decibels; 1 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An argument is out of its range, or the window is not known.</exception>
    public MelSpectrogram(
        long fftLength = 2048,
        long sequenceStride = 512,
        long? sequenceLength = null,
        string? window = "hann",
        long samplingRate = 16_000,
        long numMelBins = 128,
        double minFreq = 20,
        double? maxFreq = null,
        bool powerToDb = true,
        double topDb = 80,
        double magExp = 2,
        double minPower = 1e-10,
        double refPower = 1,
        Shape? inputShape = null,
        string? name = null)
        : base(inputShape, name)
    {
        if (fftLength < 2) throw Throw.BadArgument(Where, nameof(fftLength), "at least 2 samples", fftLength, "Usual are 512 to 2048.");
        if (sequenceStride < 1) throw Throw.BadArgument(Where, nameof(sequenceStride), "at least 1 sample", sequenceStride, "Usual is a quarter of the frame.");
        if (sequenceLength < 1 || sequenceLength > fftLength) throw Throw.BadArgument(Where, nameof(sequenceLength), $"between 1 and fftLength, {fftLength},", sequenceLength, "Leave it out for the whole length.");
        if (window is not null && !s_windows.Contains(window, StringComparer.Ordinal)) throw Throw.UnknownName("window of MelSpectrogram", window, s_windows);
        if (samplingRate < 1) throw Throw.BadArgument(Where, nameof(samplingRate), "at least 1 sample in a second", samplingRate, "It is what the sound was recorded with: 16000, 44100 …");
        if (numMelBins < 1) throw Throw.BadArgument(Where, nameof(numMelBins), "at least 1", numMelBins, "Usual are 40 to 128.");
        if (!(minFreq >= 0)) throw Throw.BadArgument(Where, nameof(minFreq), "at least 0 Hz", minFreq, "The usual value is 20.");
        var highest = maxFreq ?? samplingRate / 2;
        if (!(highest > minFreq)) throw Throw.BadArgument(Where, nameof(maxFreq), FormattableString.Invariant($"above minFreq, {minFreq} Hz,"), highest, "Leave it out for half of the sampling rate, or lower minFreq.");
        if (!(topDb >= 0)) throw Throw.BadArgument(Where, nameof(topDb), "at least 0 decibels", topDb, "The usual value is 80.");
        if (!(magExp > 0)) throw Throw.BadArgument(Where, nameof(magExp), "a number above 0", magExp, "Use 2 for power, 1 for magnitude.");
        if (!(minPower > 0)) throw Throw.BadArgument(Where, nameof(minPower), "a number above 0", minPower, "The usual value is 1e-10.");
        FftLength = fftLength;
        SequenceStride = sequenceStride;
        SequenceLength = sequenceLength;
        Window = window;
        SamplingRate = samplingRate;
        NumMelBins = numMelBins;
        MinFreq = minFreq;
        MaxFreq = maxFreq;
        PowerToDb = powerToDb;
        TopDb = topDb;
        MagExp = magExp;
        MinPower = minPower;
        RefPower = refPower;
    }

    /// <summary>Length of the Fourier transform.</summary>
    public long FftLength { get; }

    /// <summary>Samples from one frame to the next.</summary>
    public long SequenceStride { get; }

    /// <summary>Samples under the window; null for the transform's length.</summary>
    public long? SequenceLength { get; }

    /// <summary>The window; null for none.</summary>
    public string? Window { get; }

    /// <summary>Samples in a second.</summary>
    public long SamplingRate { get; }

    /// <summary>Number of bands.</summary>
    public long NumMelBins { get; }

    /// <summary>Lower end of the lowest band in Hz.</summary>
    public double MinFreq { get; }

    /// <summary>Upper end of the highest band in Hz; null for half of the sampling rate.</summary>
    public double? MaxFreq { get; }

    /// <summary>Whether the result is in decibels.</summary>
    public bool PowerToDb { get; }

    /// <summary>Decibels below the loudest cell at which the picture ends.</summary>
    public double TopDb { get; }

    /// <summary>Exponent of the magnitudes.</summary>
    public double MagExp { get; }

    /// <summary>The least power that is told from silence.</summary>
    public double MinPower { get; }

    /// <summary>The power of 0 decibels.</summary>
    public double RefPower { get; }

    private long Frequencies => (FftLength / 2) + 1;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        // A single signal has a known length; one open axis is that of the batch.
        if (input.Rank is not (1 or 2) || (input.Rank == 1 && input[0] is null)) throw Throw.NotSignals(this, input);
        if (input[^1] <= FftLength / 2) throw Throw.SignalTooShort(this, (FftLength / 2) + 1, input);
        var frames = ((input[^1] - (FftLength % 2)) / SequenceStride) + 1;
        return input.Rank == 1 ? new(NumMelBins, frames) : new(input[0], NumMelBins, frames);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        using var scope = torch.NewDisposeScope();
        var length = SequenceLength ?? FftLength;
        Tensor[] waves = [.. from side in new[] { "real", "imag" } select new STFT(side, Window, null, periodic: true).Create([length, 1, Frequencies], ScalarType.Float64, FftLength)];
        var filters = MelFilters.Create(NumMelBins, Frequencies, (double)SamplingRate / FftLength, MinFreq, MaxFreq ?? SamplingRate / 2);
        var dtype = IsNarrow(Dtype) ? ScalarType.Float32 : Dtype;
        _waves = torch.cat(waves, 2).permute(2, 1, 0).contiguous().to(dtype).to(Keras.Device).DetachFromDisposeScope();
        _filters = filters.to(dtype).to(Keras.Device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var signals = input.to(_waves!.dtype).reshape(-1, 1, input.size(-1));
        var unused = FftLength - (SequenceLength ?? FftLength);
        // The window lies in the middle of the transform's frame, so the mirrored ends are shorter by what it leaves out.
        var (before, after) = ((FftLength / 2) - (unused / 2), (FftLength / 2) - unused + (unused / 2));
        var spectrum = torch.nn.functional.conv1d(torch.nn.functional.pad(signals, [before, after], PaddingModes.Reflect), _waves, null, SequenceStride, 0, 1, 1);
        var power = spectrum.narrow(1, 0, Frequencies).square().add(spectrum.narrow(1, Frequencies, Frequencies).square());
        if (MagExp != 2) power = power.clamp(SmallestPower).pow(MagExp / 2);
        var bands = torch.nn.functional.linear(power.transpose(1, 2), _filters!).transpose(1, 2);
        if (PowerToDb) bands = Decibels(bands);
        return (input.ndim == 1 ? bands.squeeze(0) : bands).to(OutputDtype);
    }

    private static bool IsNarrow(ScalarType dtype) => dtype is ScalarType.Float16 or ScalarType.BFloat16;

    private Tensor Decibels(Tensor power)
    {
        var level = power.clamp(MinPower).log10().mul(10).sub(10 * Math.Log10(Math.Max(Math.Abs(RefPower), MinPower)));
        return level.maximum(level.max().sub(TopDb));
    }
}
