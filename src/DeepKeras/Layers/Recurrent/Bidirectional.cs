using DeepKeras.Data;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Two recurrent layers over one sequence, one from its start and one from its end, and their outputs joined
/// (Keras: <c>keras.layers.Bidirectional</c>; Schuster and Paliwal 1997).
/// </summary>
/// <remarks>
/// Both are new layers with the settings of the one that is given, named <c>forward_…</c> and <c>backward_…</c>. The backward outputs are turned round before they
/// are joined, so that all outputs of a step stand together. Masked steps give zeros with <c>returnSequences</c>.
/// <para><b>Shapes</b> those of the layer, the last axis twice as long with <c>"concat"</c>; two outputs with <see langword="null"/>. With <c>returnState</c> the states of
/// the forward layer follow, then those of the backward layer; states to start from are given in that order.</para>
/// <code>var t = Bidirectional(LSTM(64, returnSequences: true))(Input((null, 8))); // (None, None, 128)</code>
/// </remarks>
public sealed class Bidirectional : Layer, IMaskConsumer, IMaskProducer, IKerasParts
{
    private readonly RecurrentLayer _forward;
    private readonly RecurrentLayer _backward;
    private Tensor[]? _initial;

    /// <summary>Creates the layer.</summary>
    /// <param name="layer">A recurrent layer that runs forwards; its settings are copied.</param>
    /// <param name="mergeMode"><c>"concat"</c> (default), <c>"sum"</c>, <c>"mul"</c>, <c>"ave"</c>, or <see langword="null"/> for two outputs.</param>
    /// <param name="weights">The weights to begin with, those of the forward layer and then as many of the backward one, in the order of <see cref="Layer.Weights"/>;
    /// as the layers fill them by default.</param>
    /// <param name="backwardLayer">The layer that runs backwards, with goBackwards: true; by default one with the settings of <paramref name="layer"/>.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A layer is not recurrent, both run one way, they do not agree in what they return, the mode is unknown, or the weights do not fit.</exception>
    public Bidirectional(Layer layer, string? mergeMode = "concat", [UsedUp] TensorData? weights = null, Layer? backwardLayer = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (mergeMode is not (null or "concat" or "sum" or "mul" or "ave")) throw Throw.MergeMode(Where, mergeMode);
        if (layer is not RecurrentLayer given) throw Throw.NotRecurrent(Where, nameof(layer), layer);
        MergeMode = mergeMode;
        _initial = weights?.Unpack("weight").Tensors;
        _forward = Copy(given, "forward_", goBackwards: given.GoBackwards, zeroOutputForMask: given.ReturnSequences);
        _backward = backwardLayer switch
        {
            null => Copy(given, "backward_", goBackwards: true, zeroOutputForMask: given.ReturnSequences),
            RecurrentLayer { ReturnSequences: var all, ZeroOutputForMask: var zero } own when all == zero => own,
            RecurrentLayer own => Copy(own, "", own.GoBackwards, zeroOutputForMask: own.ReturnSequences),
            _ => throw Throw.NotRecurrent(Where, nameof(backwardLayer), backwardLayer),
        };
        if (_forward.GoBackwards == _backward.GoBackwards) throw Throw.SameDirection(Where, _forward.GoBackwards);
        Agree("stateful", l => l.Stateful);
        Agree("returnSequences", l => l.ReturnSequences);
        Agree("returnState", l => l.ReturnState);
    }

    /// <summary>The layer that runs forwards.</summary>
    public Layer Layer => _forward;

    /// <summary>The layer that runs backwards.</summary>
    public Layer BackwardLayer => _backward;

    /// <summary>How the outputs are joined; <see langword="null"/> where they stay two.</summary>
    public string? MergeMode { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => [_forward, _backward];

    IEnumerable<(string Group, Layer Layer)> IKerasParts.Parts => [("forward_layer", _forward), ("backward_layer", _backward)];

    /// <summary>Makes stateful layers start from zeros again.</summary>
    public void ResetStates()
    {
        _forward.ResetStates();
        _backward.ResetStates();
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ComputeOutputShapes([input])[0];

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        try
        {
            var forward = _forward.ComputeOutputShapes(Part(inputs, isBackward: false));
            var backward = _backward.ComputeOutputShapes(Part(inputs, isBackward: true));
            var (a, b) = (forward[0], backward[0]);
            if (MergeMode is not null and not "concat" && a != b) throw Throw.DirectionsDiffer(Where, "the shape of their outputs", a, b);
            Shape[] outputs = MergeMode switch
            {
                null => [a, b],
                "concat" => [a.With(-1, a[^1] + b[^1])],
                _ => [a],
            };
            return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
        }
        catch (KerasException refusal) when (!refusal.Message.Contains($"'{Name}'", StringComparison.Ordinal))
        {
            throw Throw.InsideWrapper(this, refusal);
        }
    }

    /// <inheritdoc/>
    bool IMaskProducer.ProducesMask(IReadOnlyList<bool> inputs) => _forward.ReturnSequences && inputs[0];

    /// <inheritdoc/>
    Tensor IMaskProducer.ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => masks[0]!;

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => Run(
        inputs,
        (layer, part) => ((IMaskConsumer)layer).Forward(part, [masks[0], .. Enumerable.Repeat<Tensor?>(null, part.Count - 1)], training));

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        _forward.EnsureBuilt(Part(inputs, isBackward: false));
        _backward.EnsureBuilt(Part(inputs, isBackward: true));
        if (_initial is null) return;
        if (_initial.Length != _forward.Weights.Count + _backward.Weights.Count) throw Throw.WeightCount(this, _forward.Weights.Count + _backward.Weights.Count, _initial.Length);
        _forward.SetWeights(_initial[.._forward.Weights.Count]);
        _backward.SetWeights(_initial[_forward.Weights.Count..]);
        _initial = null;
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => ForwardMany(inputs, training)[0];

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => ForwardMany([input], training)[0];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training) =>
        Run(inputs, (layer, part) => layer.ForwardMany(part, training));

    private static RecurrentLayer Copy(RecurrentLayer layer, string prefix, bool goBackwards, bool zeroOutputForMask)
    {
        var json = ObjectConfig.Write(layer);
        var config = json["config"]!.AsObject();
        if (!layer.Name.StartsWith(prefix, StringComparison.Ordinal)) config["name"] = prefix + layer.Name;
        config["go_backwards"] = goBackwards;
        config["zero_output_for_mask"] = zeroOutputForMask;
        _ = config.Remove("input_shape");
        return (RecurrentLayer)ObjectConfig.ReadObject(json, typeof(Layer));
    }

    /// <summary>The sequence, and the half of the states that belongs to one layer.</summary>
    private static IReadOnlyList<T> Part<T>(IReadOnlyList<T> inputs, bool isBackward)
    {
        if (inputs.Count == 1) return inputs;
        var states = (inputs.Count - 1) / 2;
        return isBackward ? [inputs[0], .. inputs.Skip(1 + states)] : [inputs[0], .. inputs.Skip(1).Take(states)];
    }

    private Tensor[] Run(IReadOnlyList<Tensor> inputs, Func<RecurrentLayer, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run)
    {
        var forward = run(_forward, Part(inputs, isBackward: false));
        var backward = run(_backward, Part(inputs, isBackward: true));
        var (a, b) = (forward[0], backward[0]);
        if (_forward.ReturnSequences) b = b.flip(1);
        Tensor[] outputs = MergeMode switch
        {
            null => [a, b],
            "concat" => [torch.cat([a, b], -1)],
            "sum" => [a.add(b)],
            "mul" => [a.mul(b)],
            _ => [a.add(b).div(2)],
        };
        return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
    }

    private void Agree(string option, Func<RecurrentLayer, bool> value)
    {
        if (value(_forward) != value(_backward)) throw Throw.DirectionsDiffer(Where, option, value(_forward), value(_backward));
    }
}
