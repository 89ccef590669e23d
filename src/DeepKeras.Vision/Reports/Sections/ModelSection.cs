using System.Globalization;
using System.Xml.Linq;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Reports;

/// <summary>The table of layers, and the drawing of how they are connected.</summary>
internal static class ModelSection
{
    private const string Prefix = "└ ";

    public static Section Write(ReportContext context)
    {
        var model = context.Model;
        var graph = Graphviz.Draw(GraphText.Write(model), context.GraphProgram);
        var drawing = graph is null ? Html.Element("pre", model.DiagramText()) : Html.Styled("div", "scroll graph-box", graph);
        return new("Model", null, [Html.Styled("div", "columns", Html.Element("div", Table(model)), Html.Element("div", drawing))]);
    }

    private static XElement Table(Model model)
    {
        var total = Math.Max(1, model.CountParams());
        var rows = Rows(model, 0, total).ToList();
        var table = Html.Table(["layer", "type", "output", "parameters", "share"], rows, false, false, false, true, true);
        return Html.Folded(table, rows.Count, "layers");
    }

    private static IEnumerable<IReadOnlyList<object>> Rows(Model model, int depth, long total)
    {
        var shapes = new Dictionary<Layer, string>();
        foreach (var node in LayerNode.Of(model)) shapes[node.Layer] = string.Join(", ", node.Results.Select(r => r.Shape));
        foreach (var layer in model.Layers)
        {
            var count = layer.CountParams();
            var frozen = count > 0 && !layer.Trainable ? Html.Styled("span", "note", " frozen") : null;
            yield return
            [
                Html.Element("td", depth == 0 ? "" : new string('\u2003', depth) + Prefix, layer.Name, frozen),
                Html.Element("td", Html.Styled("span", "dot " + LayerNode.Family(layer)), LayerNode.TypeName(layer)),
                shapes.GetValueOrDefault(layer, "?"),
                count == 0 ? "" : Numeral.Grouped(count),
                count == 0 ? "" : Bar((double)count / total),
            ];
            if (layer is not Model nested) continue;
            foreach (var row in Rows(nested, depth + 1, total)) yield return row;
        }
    }

    private static XElement Bar(double fraction)
    {
        var bar = Html.Styled("span", "bar");
        bar.SetAttributeValue("style", string.Create(CultureInfo.InvariantCulture, $"width:{Math.Max(1, 64 * fraction):0.#}px"));
        return Html.Element("td", Html.Attribute("class", "number share"), Html.Element("div", bar, Numeral.Percent(fraction)));
    }
}
