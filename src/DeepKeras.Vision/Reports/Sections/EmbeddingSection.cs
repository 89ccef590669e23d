using System.Xml.Linq;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>The last hidden layer as points in the plane.</summary>
internal static class EmbeddingSection
{
    /// <summary>Below this t-SNE has too few neighbours to go by, and principal components are shown.</summary>
    private const int FewestForNeighbours = 100;

    private const int MostKeys = 40;

    public static Section? Write(ReportContext context)
    {
        var vectors = context.Reading.Vectors;
        if (vectors.Count < 3 || vectors[0].Values.Length < 2) return null;
        var neighbours = vectors.Count >= FewestForNeighbours;
        using var scope = torch.NewDisposeScope();
        var features = torch.tensor([.. vectors.SelectMany(v => v.Values)], [vectors.Count, vectors[0].Values.Length]);
        var points = (neighbours ? FeatureEmbedding.TSne(features) : FeatureEmbedding.Pca(features)).contiguous().data<float>().ToArray();
        var classes = context.Reading.FirstOutputIsClasses;
        var groups = Enumerable.Range(0, vectors.Count).GroupBy(i => classes ? vectors[i].Prediction!.Value.TrueClass : 0).OrderBy(g => g.Key).ToList();
        var chart = new ScatterChart("embedding", neighbours ? "t-SNE 1" : "component 1", neighbours ? "t-SNE 2" : "component 2");
        foreach (var group in groups) chart.Add(classes ? context.Options.ClassName(group.Key) : "samples", [.. group.Select(i => ((double)points[2 * i], (double)points[(2 * i) + 1], Note(i)))]);
        var keys = classes && groups.Count <= MostKeys ? Html.Styled("ul", "keys", [.. groups.Select((g, i) => Html.Element("li", Key(i), context.Options.ClassName(g.Key)))]) : null;
        var drawing = Html.Styled("div", "wide", chart.ToSvg(width: 900, height: 560), keys);
        var method = neighbours ? "t-SNE: samples that are alike to the model lie together." : "The two principal components.";
        return new("Embedding", $"What enters the last layer ({context.Reading.HiddenLayer!.Name}) for {Numeral.Grouped(vectors.Count)} samples, by {method}", [drawing]);

        string? Note(int index) => vectors[index].Prediction is not { } said || !classes ? null
            : said.TrueClass == said.Recognised ? context.Options.ClassName(said.TrueClass)
            : $"{context.Options.ClassName(said.TrueClass)}, recognised as {context.Options.ClassName(said.Recognised)}";
    }

    private static XElement Key(int group) => new(
        Chart.Svg + "svg",
        new XAttribute("viewBox", "0 0 10 10"),
        new XElement(Chart.Svg + "circle", new XAttribute("cx", 5), new XAttribute("cy", 5), new XAttribute("r", 5), ScatterChart.Color(group)));
}
