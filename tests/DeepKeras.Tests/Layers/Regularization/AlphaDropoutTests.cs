using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class AlphaDropoutTests
{
    // torch.unique(F.alpha_dropout(torch.full((1000,), 2.0), rate, True)) of PyTorch 1.13.0.
    [TestCase(0.25, -1.1435, 2.1157)]
    [TestCase(0.5, -0.7792, 2.5520)]
    public void Dropped_and_kept_elements_have_the_values_of_PyTorch(double rate, double dropped, double kept)
    {
        using var scope = torch.NewDisposeScope();
        var output = Numbers(new AlphaDropout(rate).Call(torch.full([200, 500], 2f), training: true));
        output.Distinct().Order().Should().Equal([dropped, kept], (a, b) => Math.Abs(a - b) < 1e-4);
        output.Count(v => v < 0).Should().BeInRange((int)(100_000 * (rate - 0.01)), (int)(100_000 * (rate + 0.01)));
    }

    [Test]
    public void Mean_0_and_variance_1_stay()
    {
        using var scope = torch.NewDisposeScope();
        var output = Numbers(new AlphaDropout(0.3).Call(torch.randn([500, 1000]), training: true));
        var mean = output.Average();
        mean.Should().BeApproximately(0, 0.01);
        output.Average(v => (v - mean) * (v - mean)).Should().BeApproximately(1, 0.02);
    }

    [Test]
    public void Inference_and_rate_zero_hand_the_input_through()
    {
        using var scope = torch.NewDisposeScope();
        var input = Sample(ScalarType.Float32, 3, 4);
        new AlphaDropout(0.5).Call(input).Should().BeSameAs(input);
        new AlphaDropout(0).Call(input, training: true).Should().BeSameAs(input);
    }

    [Test]
    public void A_noise_shape_shares_draws_along_its_ones()
    {
        using var scope = torch.NewDisposeScope();
        var output = new AlphaDropout(0.5, noiseShape: (null, 1, 5)).Call(torch.ones([40, 7, 5]), training: true);
        Close(output, output.narrow(1, 0, 1).expand([40, 7, 5]), 0, 0);
        Numbers(output).Distinct().Should().HaveCount(2);
    }

    [TestCase(1)]
    [TestCase(-0.1)]
    public void A_rate_out_of_range_is_refused(double rate) =>
        FluentActions.Invoking(() => new AlphaDropout(rate)).Should().Throw<KerasException>().WithMessage("AlphaDropout*rate must be at least 0 and below 1 but was*Give the share to drop*");
}
