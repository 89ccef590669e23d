using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected numbers: NumPy's Fourier transform and the mel scale's formula (mel_spectrogram_numpy.py); shapes of keras/src/layers/preprocessing/mel_spectrogram_test.py.</summary>
public sealed class MelSpectrogramTests
{
    private static IEnumerable<TestCaseData> Computed() => JsonFixture.Cases("Layers/Preprocessing/mel_spectrogram_numpy.json", "title");

    [SetUp]
    public void Start() => ClearSession();

    [TestCaseSource(nameof(Computed))]
    public void Bands_hold_what_the_Fourier_transform_says(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var layer = FromOptions(json.GetProperty("options"));
        var signals = torch.tensor(JsonFixture.Numbers(json.GetProperty("signals")), [2, 45]).to(ScalarType.Float32);
        var output = layer.Call(signals);
        output.shape.Should().Equal(JsonFixture.Extents(json.GetProperty("shape")));
        layer.ComputeOutputShape(new Shape(2, 45)).Should().Equal(output.shape.Select(e => (long?)e));
        var expected = JsonFixture.Numbers(json.GetProperty("expected"));
        var found = Numbers(output);
        for (var i = 0; i < expected.Length; i++)
        {
            // A decibel is a relative error of 23 %, so cells next to silence may be off by the rounding of float32 in the loud ones.
            Math.Abs(found[i] - expected[i]).Should().BeLessThan(2e-3 + (1e-4 * Math.Abs(expected[i])), $"cell {i}: {found[i]} against {expected[i]}");
        }
    }

    [TestCase(16_000, 80, 128, 2048, 8000)]
    [TestCase(16_001, 80, 128, 2048, 16_000)]
    [TestCase(8000, 128, 64, 512, 32_000)]
    public void Shapes_are_those_of_Keras(long samples, long bins, long stride, long length, long rate)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new MelSpectrogram(length, stride, samplingRate: rate, numMelBins: bins);
        var frames = (samples + stride + 1) / stride;
        layer.Call(torch.zeros(2, samples)).shape.Should().Equal(2, bins, frames);
        layer.Call(torch.rand([samples])).shape.Should().Equal(bins, frames);
        MelSpectrogram(length, stride, samplingRate: rate, numMelBins: bins)(Input(samples)).Shape.Should().Equal(null, bins, frames);
        layer.Weights.Should().BeEmpty();
    }

    [Test]
    public void A_tone_is_loudest_in_its_band()
    {
        using var scope = torch.NewDisposeScope();
        var t = torch.arange(8000, ScalarType.Float32).div(8000);
        var picture = new MelSpectrogram(512, 128, samplingRate: 8000, numMelBins: 40, minFreq: 0).Call(t.mul(2 * Math.PI * 1000).sin());
        // 40 peaks between 0 and mel(4000 Hz) = 2146.1; mel(1000 Hz) = 1000.0.
        Number(picture.select(1, 30).argmax()).Should().Be(Math.Round(1000.0 / (2146.1 / 41)) - 1);
    }

    [Test]
    public void Silence_has_a_gradient_and_whole_numbers_are_taken()
    {
        using var scope = torch.NewDisposeScope();
        var silence = torch.zeros([2, 40]).requires_grad_(true);
        new MelSpectrogram(16, 4, samplingRate: 8000, numMelBins: 4, magExp: 1, powerToDb: false).Call(silence).sum().backward();
        Numbers(silence.grad!).Should().OnlyContain(g => g == 0);
        new MelSpectrogram(16, 4, numMelBins: 4).Call(torch.ones([2, 40], ScalarType.Int64)).dtype.Should().Be(ScalarType.Float32);
    }

    [Test]
    public void Wrong_options_are_refused()
    {
        Refused(() => new MelSpectrogram(1), "*fftLength must be at least 2 samples but was 1*");
        Refused(() => new MelSpectrogram(sequenceStride: 0), "*sequenceStride must be at least 1 sample but was 0*");
        Refused(() => new MelSpectrogram(256, 256, 512), "*sequenceLength must be between 1 and fftLength, 256, but was 512*");
        Refused(() => new MelSpectrogram(window: "round"), "*window of MelSpectrogram*round*");
        Refused(() => new MelSpectrogram(samplingRate: 0), "*samplingRate must be at least 1 sample in a second but was 0*");
        Refused(() => new MelSpectrogram(numMelBins: 0), "*numMelBins must be at least 1 but was 0*");
        Refused(() => new MelSpectrogram(minFreq: -1), "*minFreq must be at least 0 Hz but was -1*");
        Refused(() => new MelSpectrogram(minFreq: 9000), "*maxFreq must be above minFreq, 9000 Hz, but was 8000*");
        Refused(() => new MelSpectrogram(topDb: -1), "*topDb must be at least 0 decibels but was -1*");
        Refused(() => new MelSpectrogram(magExp: 0), "*magExp must be a number above 0 but was 0*");
        Refused(() => new MelSpectrogram(minPower: 0), "*minPower must be a number above 0 but was 0*");
        Refused(() => MelSpectrogram()(Input((4000, 1))), "*expects signals as (batch, samples) or one signal as (samples) but received (None, 4000, 1)*");
        Refused(() => MelSpectrogram()(Input(1024)), "*expects at least 1025 samples, so that both ends can be mirrored, but received (None, 1024)*");
    }

    private static MelSpectrogram FromOptions(JsonElement o) => new(
        o.GetProperty("fftLength").GetInt64(),
        o.GetProperty("sequenceStride").GetInt64(),
        o.GetProperty("sequenceLength") is { ValueKind: JsonValueKind.Number } length ? length.GetInt64() : null,
        o.GetProperty("window").GetString(),
        o.GetProperty("samplingRate").GetInt64(),
        o.GetProperty("numMelBins").GetInt64(),
        o.GetProperty("minFreq").GetDouble(),
        o.GetProperty("maxFreq") is { ValueKind: JsonValueKind.Number } highest ? highest.GetDouble() : null,
        o.GetProperty("powerToDb").GetBoolean(),
        o.GetProperty("topDb").GetDouble(),
        o.GetProperty("magExp").GetDouble(),
        o.GetProperty("minPower").GetDouble(),
        o.GetProperty("refPower").GetDouble());

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
