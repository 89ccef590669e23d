using System.Globalization;

namespace DeepKeras;

/// <summary>
/// Cells added (or cut) at the four edges of an image. <c>1</c> (all edges), <c>(1, 2)</c> (rows, columns) and
/// <c>((1, 2), (3, 4))</c> (top, bottom), (left, right) convert to it.
/// </summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns on the left.</param>
/// <param name="Right">Columns on the right.</param>
public readonly record struct Padding2D(long Top, long Bottom, long Left, long Right)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(({Top}, {Bottom}), ({Left}, {Right}))");

    /// <summary>The same at all four edges.</summary>
    public static implicit operator Padding2D(int all) => new(all, all, all, all);

    /// <summary>Symmetric: rows above and below, columns left and right.</summary>
    public static implicit operator Padding2D((int Height, int Width) both) => new(both.Height, both.Height, both.Width, both.Width);

    /// <summary>Each edge on its own.</summary>
    public static implicit operator Padding2D(((int Top, int Bottom) Rows, (int Left, int Right) Columns) edges) =>
        new(edges.Rows.Top, edges.Rows.Bottom, edges.Columns.Left, edges.Columns.Right);
}
