using System.Globalization;

namespace DeepKeras.Plotting;

/// <summary>The colours of series: ten that are told apart easily, then hues a golden angle apart.</summary>
internal static class Palette
{
    private static readonly string[] s_colors = ["#2f6fde", "#e8762c", "#2e9e5b", "#d23f4c", "#8b5fc9", "#22a7bd", "#d9649f", "#8c6239", "#a8a31f", "#5d6876"];

    public static string Of(int series) => series < s_colors.Length ? s_colors[series]
        : string.Create(CultureInfo.InvariantCulture, $"hsl({series * 137 % 360}, 62%, {(series % 2 == 0 ? 38 : 58)}%)");

    /// <summary>From a dark blue at 0 to a pale one at 1, for the lines of equal height.</summary>
    public static string Height(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"hsl({215 - (20 * share):0}, {45 - (10 * share):0}%, {52 + (34 * share):0}%)");
}
