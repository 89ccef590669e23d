using DeepKeras.Layers;

namespace DeepKeras.Vision.Reports;

/// <summary>One call of a layer inside a model.</summary>
/// <param name="Layer">The layer; one that is shared has several calls.</param>
/// <param name="Sources">What it was called on; empty where data enters.</param>
/// <param name="Results">What it produced.</param>
internal sealed record LayerNode(Layer Layer, IReadOnlyList<KerasTensor> Sources, IReadOnlyList<KerasTensor> Results)
{
    /// <summary>The calls between a model's inputs and outputs, each behind those it needs.</summary>
    public static IReadOnlyList<LayerNode> Of(Model model)
    {
        var ordered = new List<LayerNode>();
        var seen = new HashSet<KerasTensor>();
        // A stack instead of recursion: networks may be a thousand layers deep.
        var open = new Stack<(KerasTensor Tensor, bool IsReady)>(model.Outputs.Reverse().Select(t => (t, false)));
        while (open.TryPop(out var next))
        {
            var call = next.Tensor.Siblings[0];
            var sources = model.Inputs.Contains(next.Tensor) ? [] : next.Tensor.Sources;
            if (next.IsReady) ordered.Add(new(next.Tensor.Layer, sources, next.Tensor.Siblings));
            if (next.IsReady || !seen.Add(call)) continue;
            open.Push((next.Tensor, true));
            foreach (var source in sources.Reverse()) open.Push((source, false));
        }
        return ordered;
    }

    /// <summary>The class as Keras calls it.</summary>
    public static string TypeName(Layer layer) => layer.GetType() == typeof(Model) ? "Functional" : layer.GetType().Name;

    /// <summary>What kind of work a layer does, as the style sheet colours it.</summary>
    public static string Family(Layer layer) => layer switch
    {
        InputLayer => "input",
        Model => "model",
        Conv2DBase => "convolution",
        MergeLayer => "merge",
        Dense => "dense",
        _ when TypeName(layer).Contains("Pool", StringComparison.Ordinal) => "pooling",
        _ when TypeName(layer).Contains("Normalization", StringComparison.Ordinal) => "normalization",
        _ when TypeName(layer).Contains("Dropout", StringComparison.Ordinal) => "dropout",
        _ => "other",
    };
}
