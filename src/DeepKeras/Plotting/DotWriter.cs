using System.Globalization;
using System.Net;
using System.Text;
using DeepKeras.Inspection;
using DeepKeras.Layers;

namespace DeepKeras.Plotting;

/// <summary>A model in Graphviz's language: a box with one line per property for each layer call, an arrow per tensor.</summary>
internal sealed class DotWriter(bool showShapes, bool showDtype, bool showLayerNames, bool expandNested, bool showActivations, bool showTrainable)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _arrows = new();
    private int _boxes;
    private int _clusters;

    public string Write(Model model, string direction)
    {
        _text.Append(CultureInfo.InvariantCulture, $"digraph {{\n  rankdir={direction}; ranksep=0.35; nodesep=0.35; bgcolor=white; fontname=\"Helvetica\"; fontsize=12; fontcolor=\"#5d6876\";\n");
        _text.Append("  node [shape=plaintext, fontname=\"Helvetica\", fontsize=12, fontcolor=\"#1d2530\", margin=0];\n  edge [color=\"#5d6876\", arrowsize=0.7];\n");
        Add(model, [], "  ");
        // An arrow inside a frame would draw the box that it comes from into the frame.
        return _text.Append(_arrows).Append("}\n").ToString();
    }

    private void Add(Model model, Dictionary<KerasTensor, int> sources, string indent)
    {
        foreach (var node in model.Graph.Nodes)
        {
            // The inputs of a nested model are what it was called on.
            if (node.Outputs.All(sources.ContainsKey)) continue;
            if (expandNested && node.Layer is Model nested)
            {
                Expand(nested, node, sources, indent);
                continue;
            }
            var box = _boxes++;
            _text.Append(CultureInfo.InvariantCulture, $"{indent}n{box} [label={Label(node)}];\n");
            foreach (var input in node.Inputs) _arrows.Append(CultureInfo.InvariantCulture, $"  n{sources[input]} -> n{box};\n");
            foreach (var output in node.Outputs) sources[output] = box;
        }
    }

    private void Expand(Model nested, Node node, Dictionary<KerasTensor, int> sources, string indent)
    {
        var inner = new Dictionary<KerasTensor, int>();
        for (var i = 0; i < node.Inputs.Count; i++) inner[nested.Inputs[i]] = sources[node.Inputs[i]];
        _text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{_clusters++} {{\n{indent}  label=\"{Quoted(nested.Name)}\"; style=\"rounded,dashed\"; color=\"#98a3b3\"; margin=14;\n");
        Add(nested, inner, indent + "  ");
        _text.Append(indent).Append("}\n");
        for (var i = 0; i < node.Outputs.Count; i++) sources[node.Outputs[i]] = inner[nested.Outputs[i]];
    }

    /// <summary>A table as HTML inside the graph: the head names the layer, the rows below say what was asked for.</summary>
    private string Label(Node node)
    {
        var layer = node.Layer;
        var name = showLayerNames ? $"<B>{Encoded(layer.Name)}</B>&#160;({Encoded(ModelTable.TypeName(layer))})" : $"<B>{Encoded(ModelTable.TypeName(layer))}</B>";
        var (fill, edge) = Colors(layer);
        var rows = new StringBuilder($"<TR><TD BGCOLOR=\"{fill}\">{name}</TD></TR>");
        if (showActivations && ModelDiagram.ActivationOf(layer) is { } activation) Row("Activation", activation);
        if (showShapes && node.Inputs.Count > 0) Row("Input shape", Shapes(node.Inputs));
        if (showShapes) Row("Output shape", Shapes(node.Outputs));
        if (showDtype) Row("Output dtype", string.Join(", ", node.Outputs.Select(t => t.Dtype.ToString().ToLowerInvariant()).Distinct(StringComparer.Ordinal)));
        if (showTrainable && layer.CountParams() > 0) Row("Trainable", layer.Trainable ? "yes" : "no");
        return $"<<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"5\" STYLE=\"rounded\" COLOR=\"{edge}\" BGCOLOR=\"#ffffff\">{rows}</TABLE>>";

        void Row(string what, string value) => rows.Append($"<TR><TD><FONT COLOR=\"#5d6876\">{what}:</FONT>&#160;{Encoded(value)}</TD></TR>");
    }

    private static (string Fill, string Edge) Colors(Layer layer)
    {
        var type = ModelTable.TypeName(layer);
        return layer switch
        {
            InputLayer => ("#eef0f3", "#7d8794"),
            Model => ("#def3f6", "#22a7bd"),
            MergeLayer => ("#fae3e5", "#d23f4c"),
            _ when type.Contains("Conv", StringComparison.Ordinal) => ("#e2ebfb", "#2f6fde"),
            _ when type.Contains("Pool", StringComparison.Ordinal) => ("#fdebdd", "#e8762c"),
            _ when type.Contains("Normalization", StringComparison.Ordinal) => ("#e0f2e7", "#2e9e5b"),
            Dense => ("#eee5f8", "#8b5fc9"),
            _ => ("#f3f4f6", "#7d8794"),
        };
    }

    private static string Shapes(IReadOnlyList<KerasTensor> tensors) => string.Join(", ", tensors.Select(t => t.Shape.ToString()));

    private static string Encoded(string text) => WebUtility.HtmlEncode(text.Replace("\0", "", StringComparison.Ordinal));

    private static string Quoted(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
