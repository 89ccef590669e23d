using System.Text;
using System.Xml.Linq;

namespace DeepKeras.Plotting;

/// <summary>Lines of equal height of a function of two variables: marching squares over a grid.</summary>
internal static class Contour
{
    private const int Columns = 160;
    private const int Rows = 120;

    public static IEnumerable<XElement> Draw(Func<double, double, double> function, ChartFrame frame, int levels)
    {
        var heights = new double[Rows + 1, Columns + 1];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var row = 0; row <= Rows; row++)
        {
            for (var column = 0; column <= Columns; column++)
            {
                var height = heights[row, column] = function(frame.Horizontal.At((double)column / Columns), frame.Vertical.At((double)row / Rows));
                if (double.IsFinite(height)) (low, high) = (Math.Min(low, height), Math.Max(high, height));
            }
        }
        if (!(high > low)) yield break;
        for (var level = 0; level < levels; level++)
        {
            // Distances grow by the same factor: from a four-thousandth of the whole height up.
            var share = (level + 0.5) / levels;
            var path = Path(heights, low + ((high - low) * Math.Pow(1 / 4000.0, 1 - share)), frame);
            if (path.Length > 0) yield return Svg.Shape("path", ("d", path), ("fill", "none"), ("stroke", Palette.Height(share)), ("stroke-width", "1"));
        }
    }

    private static string Path(double[,] heights, double level, ChartFrame frame)
    {
        var path = new StringBuilder();
        Span<(double Column, double Row)> crossings = stackalloc (double, double)[4];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var (a, b, c, d) = (heights[row, column] - level, heights[row, column + 1] - level, heights[row + 1, column + 1] - level, heights[row + 1, column] - level);
                var count = 0;
                if (a < 0 != b < 0) crossings[count++] = (column + (a / (a - b)), row);
                if (b < 0 != c < 0) crossings[count++] = (column + 1, row + (b / (b - c)));
                if (c < 0 != d < 0) crossings[count++] = (column + (d / (d - c)), row + 1);
                if (d < 0 != a < 0) crossings[count++] = (column, row + (a / (a - d)));
                // Four crossings are a saddle; either way of joining them is right.
                for (var i = 0; i + 1 < count; i += 2) Segment(path, frame, crossings[i], crossings[i + 1]);
            }
        }
        return path.ToString();
    }

    private static void Segment(StringBuilder path, ChartFrame frame, (double Column, double Row) from, (double Column, double Row) to) =>
        path.Append('M').Append(Place(frame, from)).Append('L').Append(Place(frame, to));

    private static string Place(ChartFrame frame, (double Column, double Row) at) =>
        $"{Svg.Number(frame.X(frame.Horizontal.At(at.Column / Columns)))} {Svg.Number(frame.Y(frame.Vertical.At(at.Row / Rows)))}";
}
