using System.Globalization;

namespace DeepKeras.Vision.Reports;

/// <summary>An axis of a chart: a range and the round numbers in it.</summary>
internal sealed class Axis
{
    private const double Roundoff = 1e-9;
    private readonly double _step;

    private Axis(double low, double high, double step) => (Low, High, _step) = (low, high, step);

    public double Low { get; }

    public double High { get; }

    /// <summary>The round numbers from end to end.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var first = (long)Math.Ceiling((Low / _step) - Roundoff);
            var last = (long)Math.Floor((High / _step) + Roundoff);
            return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * _step)];
        }
    }

    /// <summary>The axis over all finite values, from a round number to a round number; from 0 to 1 where there is none.</summary>
    /// <param name="values">What it must reach over.</param>
    /// <param name="intervals">About how many intervals are wanted.</param>
    public static Axis Over(IEnumerable<double> values, int intervals = 5)
    {
        var (low, high) = Range(values, whole: false);
        var step = Step((high - low) / intervals);
        return new(Math.Floor((low / step) + Roundoff) * step, Math.Ceiling((high / step) - Roundoff) * step, step);
    }

    /// <summary>The axis from the first to the last of some whole numbers, such as epochs.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="intervals">About how many intervals are wanted.</param>
    public static Axis OverWhole(IEnumerable<double> values, int intervals = 10)
    {
        var (low, high) = Range(values, whole: true);
        return new(low, high, Math.Max(1, Step((high - low) / intervals)));
    }

    /// <summary>Where a value lies, 0 at the low end and 1 at the high end.</summary>
    public double Fraction(double value) => (value - Low) / (High - Low);

    /// <summary>A tick with as many digits as the step needs.</summary>
    public string Label(double tick)
    {
        if (Math.Abs(tick) < _step / 2) return "0";
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (largest is >= 1e6 or < 1e-3) return tick.ToString("0.##e0", CultureInfo.InvariantCulture);
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - Roundoff), 0, 9);
        return tick.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static (double Low, double High) Range(IEnumerable<double> values, bool whole)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        if (high - low <= Math.Abs(high) * Roundoff)
        {
            // One value only: it gets some room on both sides.
            var room = whole || high == 0 ? 1 : Math.Abs(high) / 10;
            (low, high) = (low - room, high + room);
        }
        return (low, high);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double Step(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch { <= 1 + Roundoff => power, <= 2 + Roundoff => 2 * power, <= 5 + Roundoff => 5 * power, _ => 10 * power };
    }
}
