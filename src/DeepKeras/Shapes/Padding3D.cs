using System.Globalization;

namespace DeepKeras;

/// <summary>
/// Cells added (or cut) at the six faces of a volume. <c>1</c> (all faces), <c>(1, 2, 3)</c> (slices, rows, columns) and
/// <c>((1, 2), (3, 4), (5, 6))</c> (front, back), (top, bottom), (left, right) convert to it.
/// </summary>
/// <param name="Front">Slices before the first.</param>
/// <param name="Back">Slices after the last.</param>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns on the left.</param>
/// <param name="Right">Columns on the right.</param>
public readonly record struct Padding3D(long Front, long Back, long Top, long Bottom, long Left, long Right) : ISpatialEdges
{
    /// <inheritdoc/>
    public (long Before, long After)[] ToArray() => [(Front, Back), (Top, Bottom), (Left, Right)];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(({Front}, {Back}), ({Top}, {Bottom}), ({Left}, {Right}))");

    /// <summary>The same at all six faces.</summary>
    public static implicit operator Padding3D(int all) => new(all, all, all, all, all, all);

    /// <summary>Symmetric: slices in front and behind, rows above and below, columns left and right.</summary>
    public static implicit operator Padding3D((int Depth, int Height, int Width) both) => new(both.Depth, both.Depth, both.Height, both.Height, both.Width, both.Width);

    /// <summary>Each face on its own.</summary>
    public static implicit operator Padding3D(((int Front, int Back) Slices, (int Top, int Bottom) Rows, (int Left, int Right) Columns) faces) =>
        new(faces.Slices.Front, faces.Slices.Back, faces.Rows.Top, faces.Rows.Bottom, faces.Columns.Left, faces.Columns.Right);
}
