using DeepKeras.Inspection;
using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>The weights of the first convolution as pictures.</summary>
internal static class FiltersSection
{
    private const int MostFilters = 64;
    private const int FewFilters = 12;

    public static Section? Write(ReportContext context)
    {
        if (LayerReader.LayersOf(context.Model).OfType<Conv2DBase>().FirstOrDefault() is not { } first) return null;
        using var drawing = Filters.Of(first, filters: MostFilters, captions: false);
        var picture = Picture.Of(drawing);
        var few = first.Weights[0].Shape[^1] <= FewFilters;
        return new("First filters", $"The weights of {first.Name} ({first.GetType().Name}), each filter scaled by its greatest magnitude.", [Html.Figure(picture.ToElement($"filters of {first.Name}", few ? 2 * picture.Width : picture.Width))]);
    }
}
