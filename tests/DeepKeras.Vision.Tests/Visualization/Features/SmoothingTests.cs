using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization.Features;

[TestFixture]
public sealed class SmoothingTests
{
    [Test]
    public void A_blurred_dot_is_a_Gaussian()
    {
        using var image = torch.zeros(1, 9, 11, 2);
        image[0, 4, 5, 1] = torch.tensor(1f);
        Smoothing.Blur(image, 0.8);
        double[] line = [.. Enumerable.Range(-3, 7).Select(i => Math.Exp(-i * i / (2 * 0.8 * 0.8)))];
        for (var y = -3; y <= 3; y++)
        {
            for (var x = -3; x <= 3; x++) Number(image[0, 4 + y, 5 + x, 1]).Should().BeApproximately(line[y + 3] * line[x + 3] / (line.Sum() * line.Sum()), 1e-6);
        }
        Number(image.select(3, 0).abs().max()).Should().Be(0, "channels are blurred apart");
    }

    [Test]
    public void A_plain_image_stays_as_it_is()
    {
        using var image = torch.full([1, 4, 4, 3], 0.25);
        Smoothing.Blur(image, 2);
        Smoothing.LowerVariation(image, 0.1, 1);
        Numbers(image).Should().OnlyContain(v => Math.Abs(v - 0.25) < 1e-6);
    }

    [Test]
    public void The_variation_goes_down_along_its_gradient()
    {
        // One bright pixel in the middle: four of the 2 × 2 corners see it. Closed form with a² = difference² and ε = 10⁻⁴:
        // itself √(2a² + ε) → slope 2a/√(2a² + ε); left and upper neighbours √(a² + ε) → slope a/√(a² + ε) each.
        using var image = torch.zeros(1, 5, 5, 1);
        image[0, 2, 2, 0] = torch.tensor(0.5f);
        Smoothing.LowerVariation(image, 0.01, 1);
        var slope = (2 * 0.5 / Math.Sqrt((2 * 0.25) + 1e-4)) + (2 * 0.5 / Math.Sqrt(0.25 + 1e-4));
        Number(image[0, 2, 2, 0]).Should().BeApproximately(0.5 - (0.01 * slope), 1e-6);
        Number(image[0, 0, 0, 0]).Should().Be(0);
    }
}
