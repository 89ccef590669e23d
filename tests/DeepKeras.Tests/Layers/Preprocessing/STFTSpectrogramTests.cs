using DeepKeras.Initializers;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class STFTSpectrogramTests
{
    [SetUp]
    public void Start() => ClearSession();

    [TestCase("real")]
    [TestCase("imag")]
    [TestCase("stft")]
    [TestCase("angle")]
    [TestCase("magnitude")]
    [TestCase("log")]
    [TestCase("psd")]
    public void A_frame_is_the_Fourier_transform_under_the_window(string mode)
    {
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 1, 11, 1);
        var output = new STFTSpectrogram(mode, frameLength: 6, frameStep: 2, fftLength: 8).Call(x);
        output.shape.Should().Equal(1, 3, mode == "stft" ? 10 : 5);
        var signal = Numbers(x);
        double[] hann = [.. Enumerable.Range(0, 6).Select(t => 0.5 - (0.5 * Math.Cos(2 * Math.PI * t / 5)))];
        var scale = Math.Sqrt(hann.Sum(w => w * w));
        for (var frame = 0; frame < 3; frame++)
        {
            for (var f = 0; f < 5; f++)
            {
                var z = System.Numerics.Complex.Zero;
                for (var t = 0; t < 6; t++) z += signal[(2 * frame) + t] * hann[t] / scale * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * t * f / 8);
                var power = z.Magnitude * z.Magnitude;
                var expected = mode switch { "real" or "stft" => z.Real, "imag" => z.Imaginary, "angle" => z.Phase, "magnitude" => z.Magnitude, "log" => Math.Log(z.Magnitude), _ => f is 0 or 4 ? power : 2 * power };
                if (mode == "angle" && z.Magnitude < 1e-3) continue;
                var found = Number(output[0, frame, f]);
                (mode == "angle" && Math.Abs(Math.Abs(expected) - Math.PI) < 1e-3 ? Math.Abs(found) : found).Should().BeApproximately(mode == "angle" && Math.Abs(Math.Abs(expected) - Math.PI) < 1e-3 ? Math.PI : expected, 1e-3);
            }
        }
    }

    [Test]
    public void Frames_channels_and_frequencies_lie_as_asked_for()
    {
        STFTSpectrogram(frameLength: 256, frameStep: 64)(Input((16_000, 1))).Shape.Should().Equal(null, 247, 129);
        STFTSpectrogram(frameLength: 150, frameStep: 10, fftLength: 512, padding: "same", expandDims: true)(Input((1600, 3))).Shape.Should().Equal(null, 160, 257, 3);
        STFTSpectrogram("stft", frameLength: 8, dataFormat: "channels_first")(Input((2, 20))).Shape.Should().Equal(null, 20, 4);
        STFTSpectrogram(frameLength: 8, dataFormat: "channels_first", expandDims: true)(Input((2, 20))).Shape.Should().Equal(null, 2, 4, 5);
    }

    [Test]
    public void Windows_are_symmetric_or_periodic()
    {
        using var scope = torch.NewDisposeScope();
        // Frequency 0 shows the window itself.
        Close(new STFT(scaling: null).Create([5, 1, 3], ScalarType.Float32).select(2, 0).flatten(), [0, 0.5, 1, 0.5, 0]);
        Close(new STFT(scaling: null, periodic: true).Create([4, 1, 3], ScalarType.Float32).select(2, 0).flatten(), [0, 0.5, 1, 0.5]);
        Close(new STFT(window: "bartlett", scaling: "spectrum").Create([5, 1, 3], ScalarType.Float32).select(2, 0).flatten(), [0, 0.25, 0.5, 0.25, 0]);
        Close(new STFT(window: "hamming", scaling: null).Create([3, 1, 3], ScalarType.Float32).select(2, 0).flatten(), [0.08, 1, 0.08]);
        Close(new STFT(window: "blackman", scaling: null).Create([3, 1, 3], ScalarType.Float32).select(2, 0).flatten(), [0, 1, 0]);
        Close(new STFT(window: null).Create([2, 1, 2], ScalarType.Float32).flatten(), [1, 1, 1, -1]);
    }

    [Test]
    public void Wrong_options_are_refused()
    {
        Refused(() => new STFTSpectrogram("power"), "*mode of STFTSpectrogram*power*");
        Refused(() => new STFTSpectrogram(padding: "causal"), "*padding of STFTSpectrogram*causal*");
        Refused(() => new STFTSpectrogram(frameLength: 1), "*frameLength must be at least 2 samples but was 1*");
        Refused(() => new STFTSpectrogram(frameStep: 300), "*frameStep must be between 1 and the frame's length, 256, but was 300*");
        Refused(() => new STFTSpectrogram(fftLength: 128), "*fftLength must be at least the frame's length, 256, but was 128*");
        Refused(() => new STFTSpectrogram(window: "round"), "*window of STFT*round*");
        Refused(() => new STFT("both"), "*side of STFT*both*");
        Refused(() => new STFT(scaling: "none"), "*scaling of STFT*none*");
        Refused(() => new STFT().Create([4, 2, 3], ScalarType.Float32), "*shape must be (frame length, 1, frequencies) but was (4, 2, 3)*");
        Refused(() => STFTSpectrogram()(Input((100, 1))), "*expects sequences of at least (256,) cells but received (None, 100, 1)*");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
