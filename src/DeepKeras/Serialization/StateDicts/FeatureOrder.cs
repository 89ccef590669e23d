using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// In which order PyTorch would count the features that a model has flattened. Images are (H, W, C) here and (C, H, W) there, volumes and what the
/// convolutions of sequences give likewise, so the features behind a <c>Flatten</c> stand in another order; this class follows them through the graph, nested models included, to the layers that have a weight per feature.
/// </summary>
/// <remarks>An order is an array that holds for each feature here its position there, or <see langword="null"/> where the two agree.</remarks>
internal sealed class FeatureOrder
{
    private readonly Dictionary<Layer, Node> _calls = [];
    private readonly Dictionary<KerasTensor, KerasTensor> _fed = [];
    private readonly Dictionary<KerasTensor, KerasTensor> _handedOut = [];
    private readonly Dictionary<KerasTensor, List<Node>> _users = [];

    public FeatureOrder(Model model) => Collect(model);

    /// <summary>The order of a layer's input features.</summary>
    public long[]? Before(Layer layer) => _calls.TryGetValue(layer, out var call) && call.Inputs.Count == 1 ? Of(call.Inputs[0]) : null;

    /// <summary>The order of a layer's output features: those that a <c>Reshape</c> turns into images.</summary>
    public long[]? After(Layer layer) => _calls.TryGetValue(layer, out var call) ? Towards(call.Outputs[0]) : null;

    private void Collect(Model model)
    {
        foreach (var node in model.Graph.Nodes)
        {
            _calls.TryAdd(node.Layer, node);
            foreach (var input in node.Inputs)
            {
                if (!_users.TryGetValue(input, out var users)) _users[input] = users = [];
                users.Add(node);
            }
            if (node.Layer is not Model inner || !inner.IsBuilt) continue;
            for (var i = 0; i < inner.Inputs.Count && i < node.Inputs.Count; i++) _fed.TryAdd(inner.Inputs[i], node.Inputs[i]);
            for (var i = 0; i < inner.Outputs.Count; i++) _handedOut.TryAdd(inner.Outputs[i], node.Outputs[i]);
            Collect(inner);
        }
    }

    /// <summary>The tensor itself, or what a nested model's input or output stands for.</summary>
    private KerasTensor Real(KerasTensor tensor)
    {
        while (true)
        {
            if (_fed.TryGetValue(tensor, out var outer)) tensor = outer;
            else if (tensor.Layer is Model { IsBuilt: true } inner) tensor = inner.Outputs[tensor.OutputIndex];
            else return tensor;
        }
    }

    private long[]? Of(KerasTensor tensor)
    {
        tensor = Real(tensor);
        var (layer, sources) = (tensor.Layer, tensor.Sources);
        if (sources.Count == 0 || tensor.Shape.Rank != 2) return null;
        var from = Real(sources[0]);
        return layer switch
        {
            Flatten flatten => IsSpatial(from) && (flatten.DataFormat.IsChannelsFirst || !IsChannelsFirst(from)) ? Cells(flatten.DataFormat.IsChannelsFirst ? Last(from.Shape) : from.Shape) : null,
            Reshape => IsSpatial(from) && !IsChannelsFirst(from) ? Cells(from.Shape) : Of(from),
            Concatenate => Joined([.. sources.Select(Real)]),
            _ => KeepsOrder(layer, tensor, from) ? Of(from) : null,
        };
    }

    /// <summary>Follows features to the place where they become images.</summary>
    private long[]? Towards(KerasTensor tensor)
    {
        foreach (var user in _users.GetValueOrDefault(tensor) ?? [])
        {
            var (inner, output) = (user.Layer as Model, user.Outputs[0]);
            if (inner is { IsBuilt: true, Inputs.Count: 1 })
            {
                if (Towards(inner.Inputs[0]) is { } within) return within;
            }
            else if (user.Layer is Reshape && tensor.Shape.Rank == 2 && output.Shape.Rank is 4 or 5)
            {
                return IsMadeChannelsFirst(output) ? null : Cells(output.Shape);
            }
            else if (KeepsOrder(user.Layer, output, tensor))
            {
                return Towards(output);
            }
        }
        return _handedOut.TryGetValue(tensor, out var outer) ? Towards(outer) : null;
    }

    /// <summary>Layers that treat each feature by itself, and those that have a weight per feature and are mapped with it.</summary>
    private static bool KeepsOrder(Layer layer, KerasTensor to, KerasTensor from) => to.Shape == from.Shape
        && (layer is NormalizationLayer or RMSNormalization or PReLU or ElementwiseMergeLayer || (layer.Weights.Count == 0 && layer is not (Permute or Model)));

    private long[]? Joined(IReadOnlyList<KerasTensor> parts)
    {
        long[]?[] orders = [.. parts.Select(Of)];
        if (Array.TrueForAll(orders, o => o is null)) return null;
        var joined = new List<long>();
        for (var i = 0; i < orders.Length; i++)
        {
            long start = joined.Count;
            if (parts[i].Shape[^1] is not { } extent) return null;
            for (var j = 0L; j < extent; j++) joined.Add(start + (orders[i] is { } order ? order[j] : j));
        }
        return [.. joined];
    }

    /// <summary>Feature (h, w, c) here is (c, h, w) there.</summary>
    private static long[]? Cells(Shape shape)
    {
        if (!shape[1..].IsFullyKnown) return null;
        var (cells, channels) = (shape[1..^1].ElementCount!.Value, shape[^1]!.Value);
        if (cells == 1 || channels == 1) return null;
        var order = new long[cells * channels];
        for (var cell = 0L; cell < cells; cell++)
        {
            for (var channel = 0L; channel < channels; channel++) order[(cell * channels) + channel] = (channel * cells) + cell;
        }
        return order;
    }

    private static Shape Last(Shape shape) => new([shape[0], .. shape[2..], shape[1]]);

    /// <summary>Images and volumes, and sequences that come from a layer which tells steps from channels: PyTorch's others are (L, C) there too.</summary>
    private bool IsSpatial(KerasTensor tensor)
    {
        for (; tensor.Shape.Rank == 3; tensor = Real(tensor.Sources[0]))
        {
            if (Format(tensor.Layer) is not null) return true;
            if (tensor.Sources.Count == 0 || Real(tensor.Sources[0]).Shape.Rank != 3) return false;
        }
        return tensor.Shape.Rank is 4 or 5;
    }

    /// <summary>Whether images are (C, H, W) here too: the layer nearest above that knows about the order of axes says so.</summary>
    private bool IsChannelsFirst(KerasTensor images)
    {
        for (var tensor = images; ; tensor = Real(tensor.Sources[0]))
        {
            if (Format(tensor.Layer) is { } format) return format.IsChannelsFirst;
            if (tensor.Layer is Permute permute) return IsChannelsToFront(permute);
            if (tensor.Sources.Count == 0) return false;
        }
    }

    private static bool IsChannelsToFront(Permute permute) => permute.Dims.SequenceEqual([permute.Dims.Count, .. Enumerable.Range(1, permute.Dims.Count - 1)]);

    private bool IsMadeChannelsFirst(KerasTensor images)
    {
        foreach (var user in _users.GetValueOrDefault(images) ?? [])
        {
            if (Format(user.Layer) is { } format) return format.IsChannelsFirst;
            if (user.Layer is Permute permute) return permute.Dims is [2, 3, 1] or [2, 3, 4, 1];
            if (user.Outputs[0].Shape.Rank == images.Shape.Rank) return IsMadeChannelsFirst(user.Layer is Model { IsBuilt: true, Inputs: [var input] } ? input : user.Outputs[0]);
        }
        return false;
    }

    private static DataFormat? Format(Layer layer) => layer.GetType().GetProperty(nameof(DataFormat))?.GetValue(layer) as DataFormat?;
}
