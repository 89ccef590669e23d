namespace DeepKeras.Vision.Visualization;

/// <summary>The gradient of an objective over a large image, piece by piece, so that memory depends on the piece and not on the image.</summary>
internal static class TiledSlope
{
    /// <param name="reader">Measures.</param>
    /// <param name="image"><c>(1, H, W, C)</c>.</param>
    /// <param name="jitter">The greatest random shift of an image that is one piece.</param>
    /// <param name="tile">The longest side of a piece.</param>
    /// <param name="random">Chooses the shift.</param>
    /// <returns>The gradient, as large as the image, and the objective of each piece.</returns>
    public static (Tensor Slope, Tensor Values) Of(ObjectiveReader reader, Tensor image, int jitter, int tile, SeededNoise random)
    {
        var (height, width) = (image.shape[1], image.shape[2]);
        var (rows, columns) = ((height + tile - 1) / tile, (width + tile - 1) / tile);
        var reach = rows * columns == 1 ? jitter : Math.Max(jitter, tile / 2);
        var (down, right) = (random.Shift(reach), random.Shift(reach));
        if (rows * columns == 1) return Ascent.Slope(reader, image, down, right);
        var shifted = image.roll([down, right], [1, 2]);
        var bands = new Tensor[rows];
        var values = new List<Tensor>();
        for (var row = 0; row < rows; row++)
        {
            var (top, below) = (height * row / rows, height * (row + 1) / rows);
            var pieces = new Tensor[columns];
            for (var column = 0; column < columns; column++)
            {
                using var scope = torch.NewDisposeScope();
                var (left, beyond) = (width * column / columns, width * (column + 1) / columns);
                var piece = shifted.narrow(1, top, below - top).narrow(2, left, beyond - left).contiguous();
                var (slope, value) = Ascent.Slope(reader, piece, 0, 0);
                pieces[column] = slope.MoveToOuterDisposeScope();
                values.Add(value.MoveToOuterDisposeScope());
            }
            bands[row] = torch.cat(pieces, 2);
        }
        return (torch.cat(bands, 1).roll([-down, -right], [1, 2]), torch.cat(values, 0));
    }
}
