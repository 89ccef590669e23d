using System.Xml.Linq;
using DeepKeras.Inspection;
using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>What the convolutions answer to a few images, layer by layer.</summary>
internal static class ActivationSection
{
    private const int MostLayers = 6;
    private const int MostImages = 4;
    private const int MostChannels = 16;
    private const int TileSide = 40;
    private const int Gutter = 2;
    private const int PictureWidth = 96;

    public static Section? Write(ReportContext context)
    {
        var shown = context.Reading.Shown.Take(MostImages).ToList();
        List<Conv2DBase> convolutions = [.. LayerReader.LayersOf(context.Model).OfType<Conv2DBase>()];
        if (shown.Count == 0 || convolutions.Count == 0 || context.Model.Inputs.Count != 1) return null;
        var layers = Spread(convolutions);
        using var scope = torch.NewDisposeScope();
        var maps = ActivationMaps.Of(context.Model, torch.cat([.. shown.Select(s => s.Inputs[0])], 0), [.. layers.Select(l => (LayerSelector)l)]);
        var format = ImageModel.FormatOf(context.Model);
        var blocks = shown.Select((sample, i) => Html.Styled(
            "div",
            "columns maps",
            sample.ToFigure(context, PictureWidth),
            Html.Element("div", [.. layers.Select(layer => Strip(layer, ImageModel.ChannelsLast(maps[layer], format)[i]))])));
        var some = layers.Count < convolutions.Count ? $" {layers.Count} of {convolutions.Count} convolutions." : "";
        return new("Activation maps", $"What the first {MostChannels} channels of each convolution answer, each channel on its own scale from dark to bright.{some}", [.. blocks]);
    }

    /// <summary>The first, the last, and some between at even distances.</summary>
    private static List<Conv2DBase> Spread(List<Conv2DBase> layers) => layers.Count <= MostLayers
        ? layers
        : [.. Enumerable.Range(0, MostLayers).Select(i => layers[(int)Math.Round(i * (layers.Count - 1) / (MostLayers - 1.0))])];

    /// <summary>A row of channels (H, W, channels).</summary>
    private static XElement Strip(Layer layer, Tensor maps)
    {
        var (height, width, channels) = (maps.shape[0], maps.shape[1], (int)Math.Min(MostChannels, maps.shape[2]));
        // Large maps are brought down to what is seen of them, so that the page stays small.
        var side = Math.Max(height, width);
        var few = maps.narrow(2, 0, channels).to_type(ScalarType.Float32).permute(2, 0, 1);
        if (side > 2 * TileSide) few = Pictures.Resize(few, Math.Max(1, height * 2 * TileSide / side), Math.Max(1, width * 2 * TileSide / side));
        // Drawn at least as large as shown: all tiles are of one width on the page, whatever the size of the maps.
        var grid = new ImageGrid(channels, (int)((TileSide + side - 1) / side), Gutter);
        for (var channel = 0; channel < channels; channel++) grid.Add(few[channel], "viridis");
        using var drawing = grid.ToTensor();
        var picture = Picture.Of(drawing);
        return Html.Figure(
            picture.ToElement($"activation maps of {layer.Name}", channels * (TileSide + Gutter)),
            $"{layer.Name}, {Numeral.Whole(height)}×{Numeral.Whole(width)}, {Numeral.Whole(channels)} of {Numeral.Whole(maps.shape[2])} channels");
    }
}
