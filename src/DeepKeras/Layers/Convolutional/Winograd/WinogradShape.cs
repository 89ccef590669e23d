namespace DeepKeras.Layers;

/// <summary>The extents of one convolution.</summary>
/// <param name="Images">Images of the batch.</param>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Channels">Channels of the input, a multiple of 16.</param>
/// <param name="Filters">Channels of the output, a multiple of 16.</param>
/// <param name="Top">Rows of zeros above the input.</param>
/// <param name="Left">Columns of zeros before the input.</param>
/// <param name="OutHeight">Rows of the output.</param>
/// <param name="OutWidth">Columns of the output.</param>
internal readonly record struct WinogradShape(int Images, int Height, int Width, int Channels, int Filters, int Top, int Left, int OutHeight, int OutWidth)
{
    /// <summary>Tiles from top to bottom of an image.</summary>
    public int TileRows => (OutHeight + WinogradTransforms.Tile - 1) / WinogradTransforms.Tile;

    /// <summary>Tiles across an image.</summary>
    public int TileColumns => (OutWidth + WinogradTransforms.Tile - 1) / WinogradTransforms.Tile;

    /// <summary>Tiles of all images.</summary>
    public int Tiles => Images * TileRows * TileColumns;

    /// <summary>The image and the first row and column of the output that belong to a tile.</summary>
    public (int Image, int Row, int Column) At(int tile)
    {
        var (rest, column) = Math.DivRem(tile, TileColumns);
        var (image, row) = Math.DivRem(rest, TileRows);
        return (image, row * WinogradTransforms.Tile, column * WinogradTransforms.Tile);
    }

    /// <summary>The extents of the convolution that takes the output's gradient to the input's.</summary>
    public WinogradShape Turned() => new(Images, OutHeight, OutWidth, Filters, Channels, 2 - Top, 2 - Left, Height, Width);
}
