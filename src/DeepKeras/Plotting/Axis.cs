using System.Globalization;

namespace DeepKeras.Plotting;

/// <summary>One axis of a chart: a range, the round numbers in it, and where a value lies. Linear or by powers of ten.</summary>
internal sealed class Axis
{
    private const double Roundoff = 1e-9;
    private readonly bool _isLogarithmic;
    private readonly double _step;

    private Axis(double low, double high, double step, bool isLogarithmic) => (Low, High, _step, _isLogarithmic) = (low, high, step, isLogarithmic);

    public double Low { get; }

    public double High { get; }

    /// <summary>The values that get a number: round ones, or powers of ten.</summary>
    public IReadOnlyList<double> Ticks => _isLogarithmic ? Powers() : Multiples();

    /// <summary>An axis over all finite values (positive ones, by powers of ten).</summary>
    /// <param name="values">What it must reach over; 0 to 1 where there is none.</param>
    /// <param name="isLogarithmic">Whether equal distances are equal ratios.</param>
    /// <param name="isExact">Whether it ends at the outermost values instead of at round ones.</param>
    /// <param name="intervals">About how many intervals are wanted.</param>
    public static Axis Over(IEnumerable<double> values, bool isLogarithmic, bool isExact, int intervals)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        var isWhole = true;
        foreach (var value in values.Where(v => double.IsFinite(v) && (v > 0 || !isLogarithmic)))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            isWhole &= double.IsInteger(value);
        }
        if (low > high) (low, high) = isLogarithmic ? (0.1, 1) : (0, 1);
        if (isLogarithmic)
        {
            var (first, last) = (Math.Log10(low), Math.Log10(high));
            if (!isExact) (first, last) = (Math.Floor(first + Roundoff), Math.Ceiling(last - Roundoff));
            if (last - first < Roundoff) (first, last) = (first - 1, last + 1);
            return new(Math.Pow(10, first), Math.Pow(10, last), Math.Max(1, Math.Ceiling((last - first) / (intervals + 3))), true);
        }
        if (high - low <= Math.Abs(high) * Roundoff)
        {
            // One value only: it gets some room on both sides.
            var room = high == 0 ? 1 : Math.Abs(high) / 10;
            (low, high) = (low - room, high + room);
        }
        var step = Step((high - low) / intervals);
        // Between whole numbers, such as epochs, there is nothing to name.
        if (isWhole && isExact) step = Math.Max(step, 1);
        return isExact
            ? new(low, high, step, false)
            : new(Math.Floor((low / step) + Roundoff) * step, Math.Ceiling((high / step) - Roundoff) * step, step, false);
    }

    /// <summary>Where a value lies, 0 at the low end and 1 at the high end; values that cannot be shown are not finite.</summary>
    public double Fraction(double value) => _isLogarithmic
        ? value > 0 ? Math.Log10(value / Low) / Math.Log10(High / Low) : double.NaN
        : (value - Low) / (High - Low);

    /// <summary>The value at a place, the reverse of <see cref="Fraction"/>.</summary>
    public double At(double fraction) => _isLogarithmic ? Low * Math.Pow(High / Low, fraction) : Low + (fraction * (High - Low));

    /// <summary>A tick with as many digits as the step needs.</summary>
    public string Label(double tick)
    {
        if (_isLogarithmic)
        {
            var power = (int)Math.Round(Math.Log10(tick));
            return power is >= -3 and <= 4 ? Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture) : "1e" + power.ToString(CultureInfo.InvariantCulture);
        }
        if (Math.Abs(tick) < _step / 2) return "0";
        if (Math.Max(Math.Abs(Low), Math.Abs(High)) is >= 1e6 or < 1e-3) return tick.ToString("0.##e0", CultureInfo.InvariantCulture);
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - Roundoff), 0, 9);
        return tick.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private List<double> Multiples()
    {
        var ticks = new List<double>();
        for (var i = (long)Math.Ceiling((Low / _step) - Roundoff); i <= (long)Math.Floor((High / _step) + Roundoff); i++) ticks.Add(i * _step);
        return ticks;
    }

    private List<double> Powers()
    {
        var ticks = new List<double>();
        var last = (int)Math.Floor(Math.Log10(High) + Roundoff);
        for (var power = (int)Math.Ceiling(Math.Log10(Low) - Roundoff); power <= last; power += (int)_step) ticks.Add(Math.Pow(10, power));
        return ticks;
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double Step(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch { <= 1 + Roundoff => power, <= 2 + Roundoff => 2 * power, <= 5 + Roundoff => 5 * power, _ => 10 * power };
    }
}
