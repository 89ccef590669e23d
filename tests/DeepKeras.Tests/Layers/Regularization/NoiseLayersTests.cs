using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class NoiseLayersTests
{
    [TestCase("channels_last")]
    [TestCase("channels_first")]
    public void SpatialDropout2D_drops_whole_channels(string format)
    {
        using var scope = torch.NewDisposeScope();
        var last = new SpatialDropout2D(0.5, format).Call(torch.ones(format == "channels_last" ? [30, 4, 5, 20] : [30, 20, 4, 5]), training: true);
        var output = format == "channels_last" ? last : last.permute(0, 2, 3, 1);
        Close(output, output.narrow(1, 0, 1).narrow(2, 0, 1).expand([30, 4, 5, 20]), 0, 0);
        var channels = Numbers(output.select(1, 0).select(1, 0));
        channels.Distinct().Should().BeEquivalentTo([0.0, 2.0]);
        channels.Average().Should().BeApproximately(1, 0.25);
    }

    [Test]
    public void GaussianNoise_adds_its_deviation_around_the_input()
    {
        using var scope = torch.NewDisposeScope();
        var noise = Numbers(new GaussianNoise(0.25).Call(torch.full([200, 500], 3f), training: true)).Select(v => v - 3).ToArray();
        noise.Average().Should().BeApproximately(0, 0.005);
        Deviation(noise).Should().BeApproximately(0.25, 0.005);
    }

    [Test]
    public void GaussianDropout_multiplies_with_the_deviation_of_its_rate()
    {
        using var scope = torch.NewDisposeScope();
        var output = Numbers(new GaussianDropout(0.2).Call(torch.full([200, 500], 2f), training: true)).Select(v => v / 2).ToArray();
        output.Average().Should().BeApproximately(1, 0.01);
        Deviation(output).Should().BeApproximately(Math.Sqrt(0.2 / 0.8), 0.01);
    }

    [Test]
    public void Noise_repeats_with_a_seed_and_differs_between_calls()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.zeros([4, 50]);
        foreach (var make in new Func<Layer>[] { () => new GaussianNoise(0.5, seed: 8), () => new GaussianDropout(0.5, seed: 8) })
        {
            var (a, b) = (make(), make());
            var ones = input.add(1);
            var first = Numbers(a.Call(ones, training: true));
            Numbers(b.Call(ones, training: true)).Should().Equal(first);
            Numbers(a.Call(ones, training: true)).Should().NotEqual(first);
        }
    }

    [Test]
    public void The_session_seed_repeats_the_noise()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new GaussianNoise(1);
        var state = RandomSource.State;
        var first = Numbers(layer.Call(torch.zeros([100]), training: true));
        RandomSource.State = state;
        Numbers(layer.Call(torch.zeros([100]), training: true)).Should().Equal(first);
    }

    [Test]
    public void Inference_hands_the_input_through()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 1, 2, 2, 3);
        foreach (var layer in new Layer[] { new SpatialDropout2D(0.5), new GaussianNoise(0.5), new GaussianDropout(0.5) })
        {
            layer.Call(images).Should().BeSameAs(images);
            layer.IsIdentityAtInference.Should().BeTrue();
            layer.ComputeOutputShape((null, 2, 2, 3)).Should().Equal(null, 2, 2, 3);
        }
        new SpatialDropout2D(0).Call(images, training: true).Should().BeSameAs(images);
        Numbers(new SpatialDropout2D(1).Call(images, training: true)).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void Arguments_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new GaussianNoise(1.5, name: "n")).Should().Throw<KerasException>()
            .WithMessage("GaussianNoise 'n': stddev must be between 0 and 1 but was 1.5. Scale the data*");
        FluentActions.Invoking(() => new GaussianDropout(1, name: "g")).Should().Throw<KerasException>()
            .WithMessage("GaussianDropout 'g': rate must be at least 0 and below 1, where the noise would be infinite, but was 1. Usual values*");
        FluentActions.Invoking(() => new SpatialDropout2D(0.5).ComputeOutputShape((null, 8))).Should().Throw<KerasException>().WithMessage("SpatialDropout2D*four axes*(None, 8)*");
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
    }
}
