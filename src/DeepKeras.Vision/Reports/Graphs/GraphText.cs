using System.Globalization;
using System.Text;

namespace DeepKeras.Vision.Reports;

/// <summary>A model as text in Graphviz's language: a box per layer call, an arrow per tensor with its extents.</summary>
internal static class GraphText
{
    public static string Write(Model model)
    {
        var nodes = LayerNode.Of(model);
        var places = new Dictionary<KerasTensor, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var result in nodes[i].Results) places[result] = i;
        }
        var text = new StringBuilder("digraph {\n  rankdir=TB; ranksep=0.32; nodesep=0.3; bgcolor=transparent;\n");
        text.Append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=12, margin=\"0.2,0.06\", height=0.3];\n");
        text.Append("  edge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.6];\n");
        for (var i = 0; i < nodes.Count; i++)
        {
            var layer = nodes[i].Layer;
            var weights = layer.CountParams() is > 0 and var count ? $" · {Numeral.Grouped(count)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label={Quoted($"{LayerNode.TypeName(layer)}\n{layer.Name}{weights}")}, class=\"{LayerNode.Family(layer)}\"];\n");
            foreach (var source in nodes[i].Sources) Edge(text, places[source].ToString(CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture), source.Shape);
        }
        for (var i = 0; i < model.Outputs.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  o{i} [label={Quoted(model.OutputNames.Count > 1 ? model.OutputNames[i] : "output")}, shape=plaintext, style=\"\", class=\"end\"];\n");
            text.Append(CultureInfo.InvariantCulture, $"  n{places[model.Outputs[i]]} -> o{i} [label=\" {Extents(model.Outputs[i].Shape)}\"];\n");
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>The extents of one sample: 32×32×3.</summary>
    public static string Extents(Shape shape) =>
        shape.Rank <= 1 ? "1" : string.Join('×', shape.Skip(1).Select(e => e?.ToString(CultureInfo.InvariantCulture) ?? "?"));

    private static void Edge(StringBuilder text, string from, string to, Shape shape) => text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to} [label=\" {Extents(shape)}\"];\n");

    /// <summary>Quotes and backslashes mean something inside a quoted text of Graphviz, and zero bytes end it.</summary>
    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
