namespace DeepKeras.Layers;

/// <content>Calling a layer: on symbolic tensors to draw a graph, on real ones to compute.</content>
public abstract partial class Layer
{
    internal List<Node> Nodes { get; } = [];

    /// <summary>Type, name and place in the model, for messages: <c>Dense 'fc1' (layer 3 of 7)</c>.</summary>
    public string Where => Position is { } p ? $"{GetType().Name} '{Name}' (layer {p.Index + 1} of {p.Count})" : $"{GetType().Name} '{Name}'";

    /// <summary>The symbolic tensor this layer was called on.</summary>
    /// <exception cref="KerasException">It was never called, or several times, or on several tensors.</exception>
    public virtual KerasTensor Input => SingleNode(nameof(Input)).Inputs is [var only] ? only : throw Throw.WrongInputCount(this, "one input to be able to say 'Input'", Nodes[0].Inputs.Count);

    /// <summary>The symbolic tensor this layer produced; build on it to cut a model here.</summary>
    /// <exception cref="KerasException">It was never called, or several times.</exception>
    public virtual KerasTensor Output => SingleNode(nameof(Output)).Outputs[0];

    internal (int Index, int Count)? Position { get; set; }

    /// <summary>The output of one of several calls of a shared layer.</summary>
    /// <param name="call">The call, from 0, in the order they were made.</param>
    public KerasTensor OutputAt(int call) => call >= 0 && call < Nodes.Count ? Nodes[call].Outputs[0] : throw Throw.NotConnected(this, $"call {call}");

    /// <summary>Calls the layer on symbolic tensors, building its weights if need be.</summary>
    /// <param name="inputs">One tensor, or several for layers that merge.</param>
    /// <returns>The (first) output; a nested model's further outputs are its <see cref="KerasTensor.Siblings"/>.</returns>
    /// <exception cref="KerasException">A shape does not fit.</exception>
    public KerasTensor Apply(params ReadOnlySpan<KerasTensor> inputs)
    {
        if (inputs.IsEmpty) throw Throw.WrongInputCount(this, "at least one tensor", 0);
        KerasTensor[] from = [.. inputs];
        Shape[] shapes = [.. from.Select(t => t.Shape)];
        var outputs = ComputeOutputShapes(shapes);
        EnsureBuilt(shapes);
        var node = new Node(this, from, outputs, OutputDtype);
        Nodes.Add(node);
        return node.Outputs[0];
    }

    /// <summary>The delegate form of this layer: <c>layer.AsCall()(t)</c> is <c>layer.Apply(t)</c>.</summary>
    public LayerCall AsCall() => Apply;

    /// <summary>Computes the layer on a real tensor, building its weights if need be.</summary>
    /// <param name="input">A batch.</param>
    /// <param name="training">Whether dropout, noise and batch statistics are active.</param>
    public Tensor Call(Tensor input, bool training = false)
    {
        var shape = Shape.Of(input);
        _ = ComputeOutputShape(shape);
        EnsureBuilt([shape]);
        return Forward(input, training);
    }

    /// <summary>Computes the layer on several real tensors, building its weights if need be.</summary>
    /// <param name="inputs">A batch each.</param>
    /// <param name="training">Whether dropout, noise and batch statistics are active.</param>
    public Tensor Call(IReadOnlyList<Tensor> inputs, bool training = false)
    {
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        _ = ComputeOutputShape(shapes);
        EnsureBuilt(shapes);
        return Forward(inputs, training);
    }

    /// <summary>Computes the layer on real tensors of which some steps do not count, building its weights if need be.</summary>
    /// <param name="inputs">A batch each.</param>
    /// <param name="masks">For each input <c>(N, steps)</c> of <c>bool</c>, true where a step counts, or <see langword="null"/>.</param>
    /// <param name="training">Whether dropout, noise and batch statistics are active.</param>
    /// <returns>The (first) output.</returns>
    /// <exception cref="KerasException">There are not as many masks as inputs, or a shape does not fit.</exception>
    public Tensor Call(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Count != inputs.Count) throw Throw.MaskCount(this, inputs.Count, masks.Count);
        if (this is not IMaskConsumer consumer || masks.All(m => m is null)) return Call(inputs, training);
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        _ = ComputeOutputShape(shapes);
        EnsureBuilt(shapes);
        return consumer.Forward(inputs, masks, training)[0];
    }

    /// <summary>The layer behind a factory's delegate, so that <c>model.Add(Dense(10))</c> and <c>Layer l = Dense(10)</c> work.</summary>
    /// <param name="call">What a factory returned.</param>
    public static implicit operator Layer(LayerCall call) => call.Layer;

    /// <summary>The <see cref="InputLayer"/> behind an <c>Input(…)</c>, so that it can head a <see cref="Sequential"/>.</summary>
    /// <param name="tensor">What <see cref="Keras.Input"/> returned.</param>
    public static implicit operator Layer(KerasTensor tensor) => tensor.Layer as InputLayer ?? throw Throw.NotAnInput(tensor);

    internal void EnsureBuilt(IReadOnlyList<Shape> inputs)
    {
        if (IsBuilt) return;
        Build(inputs);
        IsBuilt = true;
    }

    private Node SingleNode(string property) => Nodes.Count switch
    {
        0 => throw Throw.NotConnected(this, property),
        1 => Nodes[0],
        _ => throw Throw.CalledSeveralTimes(this, property, Nodes.Count),
    };
}
