using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>The part of the drawn graph between a model's inputs and outputs: its nodes in running order, its layers in Keras's order.</summary>
internal sealed class Graph
{
    private readonly HashSet<KerasTensor> _inputs;
    private readonly HashSet<Node> _finished = [];
    private readonly HashSet<Node> _inProgress = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Layer, int> _discovery = [];

    public Graph(string model, IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs)
    {
        if (inputs.Count == 0) throw Throw.EmptyModel(model, "inputs");
        if (outputs.Count == 0) throw Throw.EmptyModel(model, "outputs");
        if (inputs.Distinct().Count() != inputs.Count) throw Throw.RepeatedInput(model);
        _inputs = [.. inputs];
        foreach (var output in outputs) Visit(model, output);
        foreach (var input in inputs)
        {
            // An input that no output needs still belongs to the model.
            if (!_finished.Contains(input.Producer) && input.Producer.Inputs.Count == 0)
            {
                _finished.Add(input.Producer);
                _nodes.Insert(0, input.Producer);
                _discovery.TryAdd(input.Layer, -1);
            }
        }
        Layers = SortLayers();
        if (Layers.GroupBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Throw.RepeatedName(model, twice.Key, [.. twice]);
        }
    }

    /// <summary>Every layer call, each after those it depends on.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Every layer once, ordered by depth and then by discovery, as Keras orders <c>model.layers</c>.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    private void Visit(string model, KerasTensor tensor)
    {
        var node = tensor.Producer;
        if (_finished.Contains(node)) return;
        if (!_inProgress.Add(node)) throw Throw.Cycle(model, node.Layer);
        _discovery.TryAdd(node.Layer, _discovery.Count);
        if (!_inputs.Contains(tensor))
        {
            if (node.Inputs.Count == 0) throw Throw.Disconnected(model, tensor, [.. _inputs]);
            foreach (var input in node.Inputs) Visit(model, input);
        }
        _inProgress.Remove(node);
        _finished.Add(node);
        _nodes.Add(node);
    }

    private List<Layer> SortLayers()
    {
        var nodeDepth = new Dictionary<Node, int>();
        var layerDepth = new Dictionary<Layer, int>();
        for (var i = _nodes.Count - 1; i >= 0; i--)
        {
            var node = _nodes[i];
            var depth = Math.Max(nodeDepth.GetValueOrDefault(node), layerDepth.GetValueOrDefault(node.Layer));
            nodeDepth[node] = layerDepth[node.Layer] = depth;
            if (node.Outputs.Any(_inputs.Contains)) continue;
            foreach (var input in node.Inputs)
            {
                nodeDepth[input.Producer] = Math.Max(depth + 1, nodeDepth.GetValueOrDefault(input.Producer));
            }
        }
        // An intermediate tensor that serves as the model's input brings its value along, not its layer.
        var fedLayers = _nodes.Where(n => n.Inputs.Count > 0 && n.Outputs.Any(_inputs.Contains)).Select(n => n.Layer).ToHashSet();
        return [.. layerDepth.Where(p => !fedLayers.Contains(p.Key)).OrderByDescending(p => p.Value).ThenBy(p => _discovery[p.Key]).Select(p => p.Key)];
    }
}
