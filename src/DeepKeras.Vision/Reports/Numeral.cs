using System.Globalization;

namespace DeepKeras.Vision.Reports;

/// <summary>Numbers as the report writes them: with a point and the same on every machine.</summary>
internal static class Numeral
{
    /// <summary>1250858 → 1,250,858.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>0.7643 → 76.4 % with a space that does not break; no number → –.</summary>
    public static string Percent(double fraction) => double.IsFinite(fraction) ? string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0.0}\u00A0%") : "–";

    /// <summary>Four digits behind the point, or an exponent where those would say nothing.</summary>
    public static string Plain(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        0 => "0",
        _ when Math.Abs(value) is < 0.001 or >= 1e7 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) >= 1000 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>A coordinate of a drawing: at most two digits behind the point.</summary>
    public static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
