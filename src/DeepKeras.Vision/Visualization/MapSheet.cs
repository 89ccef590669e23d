using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>A layer's answer to one image as a picture.</summary>
internal static class MapSheet
{
    private const int TileSide = 64;
    private const int BarsHeight = 64;
    private const int MostBars = 128;
    private const int MostNumbered = 20;
    private const int CellsPerRow = 64;

    /// <summary>Maps (H, W, channels), one small picture per channel.</summary>
    public static Tensor Draw(Tensor maps, Layer layer, string colorMap, bool common, int most, int? columns, int? scale, bool captions)
    {
        var count = (int)Math.Min(most, maps.shape[2]);
        var grid = new ImageGrid(columns ?? Columns(count), scale ?? Scale(maps.shape[0], maps.shape[1]), captions ? 6 : 2, captions ? Title(layer, maps, count) : null);
        (double, double)? range = common ? (maps.min().to_type(ScalarType.Float64).item<double>(), maps.max().to_type(ScalarType.Float64).item<double>()) : null;
        for (var channel = 0; channel < count; channel++)
        {
            grid.Add(maps.select(2, channel), colorMap, captions ? channel.ToString(CultureInfo.InvariantCulture) : null, range);
        }
        return grid.ToTensor();
    }

    /// <summary>Units as bars from 0, coloured by height, numbered where there is room; very many as a strip of cells, row by row.</summary>
    public static Tensor DrawUnits(Tensor units, Layer layer, string colorMap, bool captions)
    {
        var count = (int)units.shape[0];
        var title = captions ? $"{layer.Name}: {layer.GetType().Name}, {count} unit{(count == 1 ? "" : "s")}, {Number(units.min())} to {Number(units.max())}" : null;
        var isNumbered = captions && count <= MostNumbered;
        var grid = new ImageGrid(isNumbered ? count : 1, 1, captions ? 6 : 2, title);
        var picture = count <= MostBars ? Bars(units, colorMap) : Cells(units, colorMap);
        if (!isNumbered) grid.Add(picture);
        var width = picture.shape[1] / count;
        for (var i = 0; i < count && isNumbered; i++) grid.Add(picture.narrow(1, i * width, width), "gray", i.ToString(CultureInfo.InvariantCulture));
        return grid.ToTensor();
    }

    /// <summary>Pictures per row for a sheet that is about square.</summary>
    public static int Columns(int count) => count <= 6 ? count : Math.Min(16, (int)Math.Ceiling(Math.Sqrt(count)));

    /// <summary>Pixels per cell for a picture that can be seen.</summary>
    public static int Scale(long height, long width) => (int)Math.Max(1, TileSide / Math.Max(height, width));

    private static string Title(Layer layer, Tensor maps, int shown) =>
        $"{layer.Name}: {layer.GetType().Name}, {maps.shape[0]}×{maps.shape[1]}, {(shown < maps.shape[2] ? $"{shown} of " : "")}{maps.shape[2]} channel{(maps.shape[2] == 1 ? "" : "s")}";

    private static string Number(Tensor value) => value.to_type(ScalarType.Float32).item<float>().ToString("0.###", CultureInfo.InvariantCulture);

    private static Tensor Bars(Tensor units, string colorMap)
    {
        using var colours = ColorMap.Apply(units, colorMap);
        var values = units.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        var (low, high) = (Math.Min(0, values.Min()), Math.Max(0, values.Max()));
        var width = Math.Max(3, 320 / values.Length);
        var picture = torch.full([BarsHeight, values.Length * width, 3], 255, ScalarType.Byte);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || high <= low) continue;
            var (top, bottom) = (Math.Min(Row(Math.Max(values[i], 0)), BarsHeight - 1), Row(Math.Min(values[i], 0)));
            picture.narrow(0, top, Math.Max(1, bottom - top)).narrow(1, (i * width) + 1, width - 1).copy_(colours[i]);
        }
        return picture;

        int Row(double value) => (int)Math.Round((high - value) / (high - low) * BarsHeight);
    }

    private static Tensor Cells(Tensor units, string colorMap)
    {
        const int Side = 6;
        using var colours = ColorMap.Apply(units, colorMap);
        var rows = (units.shape[0] + CellsPerRow - 1) / CellsPerRow;
        var cells = torch.full([rows * CellsPerRow, 3], 255, ScalarType.Byte);
        cells.narrow(0, 0, units.shape[0]).copy_(colours);
        var wide = cells.reshape(rows, 1, CellsPerRow, 1, 3).expand([rows, Side, CellsPerRow, Side, 3]);
        return wide.reshape(rows * Side, CellsPerRow * Side, 3);
    }
}
