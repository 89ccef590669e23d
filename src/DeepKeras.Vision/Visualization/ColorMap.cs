using System.Collections.Concurrent;

namespace DeepKeras.Vision.Visualization;

/// <summary>Colours for numbers. The maps are matplotlib's, colour for colour.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>"viridis"</c></term><description>dark blue to yellow; even to the eye and to the colour-blind</description></item>
/// <item><term><c>"inferno"</c></term><description>black over red to light yellow; even to the eye</description></item>
/// <item><term><c>"turbo"</c></term><description>a smoother rainbow than jet</description></item>
/// <item><term><c>"jet"</c></term><description>blue over cyan and yellow to dark red; the habit of papers on Grad-CAM</description></item>
/// <item><term><c>"hot"</c></term><description>black over red and yellow to white</description></item>
/// <item><term><c>"gray"</c></term><description>black to white</description></item>
/// <item><term><c>"bwr"</c></term><description>blue over white to red, for signed numbers: without a range it is centred on 0</description></item>
/// </list>
/// <code>using var picture = ColorMap.Apply(maps[0, .., .., 3], "jet");   // (H, W) → (H, W, 3), uint8</code>
/// </remarks>
public static partial class ColorMap
{
    private const int Colours = 256;
    private const string Diverging = "bwr";

    // The corners of matplotlib's piecewise linear maps: place and height for red, green and blue.
    private static readonly (double X, double Y)[][] s_jet =
        [[(0, 0), (0.35, 0), (0.66, 1), (0.89, 1), (1, 0.5)], [(0, 0), (0.125, 0), (0.375, 1), (0.64, 1), (0.91, 0), (1, 0)], [(0, 0.5), (0.11, 1), (0.34, 1), (0.65, 0), (1, 0)]];

    private static readonly (double X, double Y)[][] s_hot =
        [[(0, 0.0416), (0.365079, 1), (1, 1)], [(0, 0), (0.365079, 0), (0.746032, 1), (1, 1)], [(0, 0), (0.746032, 0), (1, 1)]];

    private static readonly (double X, double Y)[][] s_blueWhiteRed = [[(0, 0), (0.5, 1), (1, 1)], [(0, 0), (0.5, 1), (1, 0)], [(0, 1), (0.5, 1), (1, 0)]];
    private static readonly (double X, double Y)[][] s_gray = [[(0, 0), (1, 1)], [(0, 0), (1, 1)], [(0, 0), (1, 1)]];

    private static readonly ConcurrentDictionary<string, byte[]> s_tables = new(StringComparer.Ordinal);

    /// <summary>The names that can be given.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bwr", "gray", "hot", "inferno", "jet", "turbo", "viridis"];

    /// <summary>Colours numbers: colour ⌊256 · (value − low) / (high − low)⌋ of the map's 256, cut to the ends.</summary>
    /// <param name="values">Numbers of any type, usually <c>(H, W)</c>. What is not a number gets the first colour.</param>
    /// <param name="name">One of <see cref="Names"/>; <c>"viridis"</c> by default.</param>
    /// <param name="low">The value of the first colour; by default the least finite one (for <c>"bwr"</c> minus the greatest magnitude).</param>
    /// <param name="high">The value of the last colour; by default the greatest finite one (for <c>"bwr"</c> the greatest magnitude).</param>
    /// <returns>uint8 on the CPU, the shape of <paramref name="values"/> with an axis of 3 behind it. Where all values are equal, the first colour; for <c>"bwr"</c> of zeros, white.</returns>
    /// <exception cref="KerasException">There is no map of that name, or there are no values.</exception>
    public static Tensor Apply(Tensor values, string name = "viridis", double? low = null, double? high = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var table = Table(name);
        if (values.numel() == 0) throw Throw.NoValues(values);
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var numbers = values.detach().cpu().to_type(ScalarType.Float64);
        var (least, greatest) = Range(numbers, name, low, high);
        var scaled = greatest > least ? numbers.sub(least).mul(Colours / (greatest - least)).floor() : torch.full_like(numbers, name == Diverging ? Colours / 2 : 0);
        var places = torch.where(torch.isnan(scaled), torch.zeros_like(scaled), scaled).clamp(0, Colours - 1).to_type(ScalarType.Int64);
        var colours = torch.tensor(table, [Colours, 3], ScalarType.Byte).index_select(0, places.reshape(-1));
        return colours.reshape([.. values.shape, 3]).MoveToOuterDisposeScope();
    }

    /// <summary>256 colours of three bytes.</summary>
    /// <exception cref="KerasException">There is no map of that name.</exception>
    internal static byte[] Table(string name) => s_tables.GetOrAdd(name ?? throw new ArgumentNullException(nameof(name)), static key => key switch
    {
        "viridis" => Convert.FromHexString(Viridis),
        "inferno" => Convert.FromHexString(Inferno),
        "turbo" => Convert.FromHexString(Turbo),
        "jet" => Draw(s_jet),
        "hot" => Draw(s_hot),
        Diverging => Draw(s_blueWhiteRed),
        "gray" or "grey" => Draw(s_gray),
        _ => throw Throw.ColorMap(key),
    });

    private static (double Low, double High) Range(Tensor numbers, string name, double? low, double? high)
    {
        if (low is { } first && high is { } last) return (first, last);
        var finite = numbers.masked_select(numbers.abs().lt(double.PositiveInfinity));
        if (finite.numel() == 0) return (low ?? 0, high ?? 0);
        if (name != Diverging) return (low ?? finite.min().item<double>(), high ?? finite.max().item<double>());
        var magnitude = finite.abs().max().item<double>();
        return (low ?? -(high ?? magnitude), high ?? -(low ?? -magnitude));
    }

    private static byte[] Draw((double X, double Y)[][] channels)
    {
        var table = new byte[Colours * 3];
        for (var i = 0; i < table.Length; i++) table[i] = (byte)Math.Round(Height(channels[i % 3], i / 3) * 255);
        return table;
    }

    /// <summary>The height of a broken line at colour 0 … 255, in matplotlib's order of operations, so that halves round alike.</summary>
    private static double Height((double X, double Y)[] corners, int colour)
    {
        if (colour == 0) return corners[0].Y;
        if (colour == Colours - 1) return corners[^1].Y;
        var x = (Colours - 1) * (colour * (1.0 / (Colours - 1)));
        var right = Array.FindIndex(corners, c => c.X * (Colours - 1) >= x);
        var (from, to) = (corners[right - 1], corners[right]);
        var (start, end) = (from.X * (Colours - 1), to.X * (Colours - 1));
        return ((x - start) / (end - start) * (to.Y - from.Y)) + from.Y;
    }
}
