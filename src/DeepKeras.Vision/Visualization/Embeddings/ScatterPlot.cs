using System.Globalization;

namespace DeepKeras.Vision.Visualization;

/// <summary>Points of two axes as a picture: discs in the colour of their class, or small images.</summary>
/// <remarks>
/// <code>
/// ImageFile.Save("tsne.png", ScatterPlot.Of(points, labels, classNames, caption: "t-SNE of the last hidden layer"));
/// ImageFile.Save("tsne-images.png", ScatterPlot.OfImages(points, images));
/// </code>
/// </remarks>
public static class ScatterPlot
{
    private const int TextScale = 2;
    private const int Gap = 12;
    private const int LegendDot = 7;

    /// <summary>Draws discs, with a legend on the right where there are classes.</summary>
    /// <param name="points"><c>(N, 2)</c>: x to the right, y upwards; both axes have the same unit.</param>
    /// <param name="labels">The class of each point, <c>(N)</c>, <c>(N, 1)</c> or one-hot; one colour by default.</param>
    /// <param name="classNames">Names for the legend; numbers by default.</param>
    /// <param name="caption">A line above the whole; none by default.</param>
    /// <param name="size">Height and width of the field in pixels.</param>
    /// <param name="radius">The radius of a disc in pixels.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>: the field, and room for caption and legend.</returns>
    /// <exception cref="KerasException">The tensors are no points and their labels, a label has no name, or a size is out of range.</exception>
    public static Tensor Of(Tensor points, Tensor? labels = null, IReadOnlyList<string>? classNames = null, string? caption = null, (int Height, int Width)? size = null, double radius = 3.5)
    {
        var (height, width) = Check(points, size);
        if (radius is not > 0) throw Throw.PictureArgument(nameof(ScatterPlot), nameof(radius), "greater than 0", radius);
        var classes = labels is null ? null : Classes(points, labels);
        var count = classes is null ? 0 : Math.Max(classes.Max() + 1, classNames?.Count ?? 0);
        if (classes is not null && classNames is not null && classes.Max() >= classNames.Count) throw Throw.ScatterNames(classes.Max(), classNames.Count);
        string[] names = [.. Enumerable.Range(0, count).Select(i => classNames?[i] ?? i.ToString(CultureInfo.InvariantCulture))];
        var legend = names.Length == 0 ? 0 : (3 * Gap) + names.Max(n => RasterCanvas.Length(n, TextScale));
        var top = caption is null ? 0 : Gap + RasterCanvas.LineHeight(TextScale);
        var line = RasterCanvas.LineHeight(TextScale) + 4;
        var canvas = new RasterCanvas(Math.Max(top + height, top + (names.Length * line) + (2 * Gap)), width + legend + Gap);
        if (caption is not null) canvas.Write(caption, Gap, Gap, canvas.Width - (2 * Gap), TextScale, RasterCanvas.Ink);
        var places = Places(points, height, width, radius + Gap);
        for (var i = 0; i < places.Length; i++)
        {
            var colour = Colour.OfClass(classes?[i] ?? 0, Math.Max(1, count));
            canvas.Disc(top + places[i].Y, places[i].X, radius, colour, 0.8);
        }
        for (var i = 0; i < names.Length; i++)
        {
            var y = top + Gap + (i * line);
            canvas.Disc(y + LegendDot - 1, width + LegendDot, LegendDot - 1, Colour.OfClass(i, count));
            canvas.Write(names[i], y, width + (2 * Gap), canvas.Width, TextScale, RasterCanvas.Ink);
        }
        return canvas.ToTensor();
    }

    /// <summary>Draws images where their points lie. Where several fall together the first stays, so that all can be seen.</summary>
    /// <param name="points"><c>(N, 2)</c>: x to the right, y upwards; both axes have the same unit.</param>
    /// <param name="images"><c>(N, H, W, 1 or 3)</c>: bytes, or numbers from 0 to 1.</param>
    /// <param name="caption">A line above the whole; none by default.</param>
    /// <param name="size">Height and width of the field in pixels.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">The tensors are no points and their images, or the field is smaller than an image.</exception>
    public static Tensor OfImages(Tensor points, Tensor images, string? caption = null, (int Height, int Width)? size = null)
    {
        var (height, width) = Check(points, size);
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim != 4 || images.shape[0] != points.shape[0] || images.shape[3] is not (1 or 3)) throw Throw.ScatterImages(points, images);
        var (rows, columns) = ((int)images.shape[1], (int)images.shape[2]);
        if (height < rows || width < columns) throw Throw.PictureArgument(nameof(ScatterPlot), nameof(size), $"at least the images' {rows} by {columns}", (height, width));
        using var scope = torch.NewDisposeScope();
        var bytes = images.dtype == ScalarType.Byte ? images : images.mul(255).round().clamp(0, 255).to_type(ScalarType.Byte);
        var pixels = bytes.cpu().expand([images.shape[0], rows, columns, 3]).contiguous().bytes;
        var top = caption is null ? 0 : Gap + RasterCanvas.LineHeight(TextScale) + Gap;
        var canvas = new RasterCanvas(top + height, width);
        if (caption is not null) canvas.Write(caption, Gap, Gap, canvas.Width - (2 * Gap), TextScale, RasterCanvas.Ink);
        var places = Places(points, height, width, Math.Max(rows, columns) / 2.0);
        var taken = new HashSet<(int Row, int Column)>();
        for (var i = 0; i < places.Length; i++)
        {
            var (row, column) = ((int)places[i].Y / rows, (int)places[i].X / columns);
            if ((row + 1) * rows > height || (column + 1) * columns > width || !taken.Add((row, column))) continue;
            canvas.Paint(pixels.Slice(i * rows * columns * 3, rows * columns * 3), rows, columns, top + (row * rows), column * columns);
        }
        return canvas.ToTensor().MoveToOuterDisposeScope();
    }

    /// <summary>Pixels of the points, so that all lie within the margin and both axes have the same unit.</summary>
    private static (double Y, double X)[] Places(Tensor points, int height, int width, double margin)
    {
        using var scope = torch.NewDisposeScope();
        var values = points.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        if (!Array.TrueForAll(values, double.IsFinite)) throw Throw.EmbeddingNotFinite();
        var (left, right) = (values.Where((_, i) => i % 2 == 0).Min(), values.Where((_, i) => i % 2 == 0).Max());
        var (bottom, up) = (values.Where((_, i) => i % 2 == 1).Min(), values.Where((_, i) => i % 2 == 1).Max());
        var unit = Math.Min((width - (2 * margin)) / Math.Max(right - left, 1e-12), (height - (2 * margin)) / Math.Max(up - bottom, 1e-12));
        var places = new (double Y, double X)[values.Length / 2];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = ((height / 2.0) - ((values[(2 * i) + 1] - ((bottom + up) / 2)) * unit), (width / 2.0) + ((values[2 * i] - ((left + right) / 2)) * unit));
        }
        return places;
    }

    private static (int Height, int Width) Check(Tensor points, (int Height, int Width)? size)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.ndim != 2 || points.shape[0] == 0 || points.shape[1] != 2) throw Throw.ScatterPoints(points);
        var (height, width) = size ?? (720, 720);
        return height >= 64 && width >= 64 ? (height, width) : throw Throw.PictureArgument(nameof(ScatterPlot), nameof(size), "at least 64 by 64", (height, width));
    }

    private static int[] Classes(Tensor points, Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = (labels.ndim == 2 && labels.shape[1] > 1 ? labels.argmax(1) : labels).reshape(-1).to_type(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
        if (numbers.Length != points.shape[0] || numbers.Min() < 0) throw Throw.ScatterLabels(points, labels);
        return [.. numbers.Select(n => checked((int)n))];
    }
}
