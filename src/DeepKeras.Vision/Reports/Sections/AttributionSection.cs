using System.Xml.Linq;
using DeepKeras.Inspection;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>Where in an image the model finds what it recognises.</summary>
internal static class AttributionSection
{
    private const int Side = 128;

    public static Section? Write(ReportContext context)
    {
        var (model, reading) = (context.Model, context.Reading);
        if (reading.Shown.Count == 0 || model.Inputs.Count != 1 || !reading.FirstOutputIsClasses || !LayerReader.LayersOf(model).Any(l => l is not Layers.InputLayer && ImageModel.HasMaps(l))) return null;
        using var scope = torch.NewDisposeScope();
        var images = torch.cat([.. reading.Shown.Select(s => s.Inputs[0])], 0);
        var heat = GradCam.Of(model, images, resize: false);
        var saliency = Saliency.Of(model, images);
        var rows = reading.Shown.Select((sample, i) => Html.Styled(
            "div",
            "figures tight",
            sample.ToFigure(context, Side),
            Html.Figure(Over(heat[i], sample, "jet"), "Grad-CAM"),
            Html.Figure(Map(saliency[i]), "saliency")));
        return new(
            "Where the model looks",
            "Grad-CAM shows in red which places of the last maps speak for the recognised class; saliency shows in light which pixels change its score most.",
            [Html.Styled("div", "triples", [.. rows])]);
    }

    private static XElement Over(Tensor heat, ShownSample sample, string colorMap)
    {
        // The photo is enlarged first, in squares, so that the heat over it stays smooth.
        var photo = sample.Picture.ToTensor();
        var scale = (int)Math.Max(1, Side / photo.shape[1]);
        var large = photo.repeat_interleave(scale, 0).repeat_interleave(scale, 1);
        var rgb = large.shape[2] == 4 ? large.narrow(2, 0, 3) : large;
        return Picture.Of(Overlay.Of(heat, rgb, 0.45, colorMap)).ToElement("Grad-CAM", Side);
    }

    private static XElement Map(Tensor saliency) => Picture.Of(ColorMap.Apply(saliency, "inferno")).ToElement("saliency", Side);
}
