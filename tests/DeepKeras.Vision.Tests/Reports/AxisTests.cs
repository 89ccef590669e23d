using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed class AxisTests
{
    [TestCase(0.31, 0.52, "0.30 0.35 0.40 0.45 0.50 0.55")]
    [TestCase(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [TestCase(-3, 14, "-5 0 5 10 15")]
    [TestCase(12, 98, "0 20 40 60 80 100")]
    [TestCase(0.00012, 0.00048, "1e-4 2e-4 3e-4 4e-4 5e-4")]
    [TestCase(2.5e6, 2.9e6, "2.5e6 2.6e6 2.7e6 2.8e6 2.9e6")]
    [TestCase(3, 3, "2.6 2.8 3.0 3.2 3.4")]
    [TestCase(0, 0, "-1.0 -0.5 0 0.5 1.0")]
    public void Ticks_are_round_and_reach_over_the_values(double low, double high, string expected)
    {
        var axis = Axis.Over([high, low, double.NaN, double.PositiveInfinity]);
        string.Join(' ', axis.Ticks.Select(axis.Label)).Should().Be(expected);
        axis.Low.Should().BeLessThanOrEqualTo(low + 1e-12);
        axis.High.Should().BeGreaterThanOrEqualTo(high - 1e-12);
    }

    [TestCase(12, "2 4 6 8 10 12")]
    [TestCase(4, "1 2 3 4")]
    [TestCase(100, "10 20 30 40 50 60 70 80 90 100")]
    [TestCase(1, "0 1 2")]
    public void Epochs_are_whole_numbers_from_the_first_to_the_last(int epochs, string expected)
    {
        var axis = Axis.OverWhole(Enumerable.Range(1, epochs).Select(e => (double)e));
        string.Join(' ', axis.Ticks.Select(axis.Label)).Should().Be(expected);
        if (epochs > 1) (axis.Low, axis.High).Should().Be((1.0, (double)epochs));
    }

    [Test]
    public void Without_numbers_it_goes_from_0_to_1()
    {
        var axis = Axis.Over([double.NaN]);
        (axis.Low, axis.High, axis.Fraction(0.25)).Should().Be((0.0, 1.0, 0.25));
    }

    [Test]
    public void Any_range_gets_a_handful_of_ticks_inside_it()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 8));
            var axis = Axis.Over([low, low + (random.NextDouble() * Math.Pow(10, random.Next(-6, 8)))]);
            axis.Ticks.Count.Should().BeInRange(3, 9);
            axis.Ticks.Should().OnlyContain(t => axis.Fraction(t) > -1e-6 && axis.Fraction(t) < 1 + 1e-6);
        }
    }
}
