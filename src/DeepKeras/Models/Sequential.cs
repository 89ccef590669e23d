using System.Collections;
using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// A model that is a plain stack of layers. Each layer has its <see cref="Layer.Output"/> as soon as the input shape is known,
/// so that a Sequential can be cut and extended like any graph.
/// </summary>
/// <remarks><code>Sequential model = [Conv2D(32, 3, activation: "relu", inputShape: (28, 28, 1)), Flatten(), Dense(10)];</code></remarks>
public sealed class Sequential : Model, IEnumerable<Layer>
{
    private readonly List<Layer> _layers = [];
    private KerasTensor? _input;

    /// <summary>Creates a stack.</summary>
    /// <param name="layers">The layers from input to output; more can be added.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Sequential(IEnumerable<Layer>? layers = null, string? name = null)
        : base(name)
    {
        foreach (var layer in layers ?? []) Add(layer);
    }

    /// <summary>Creates an empty stack, for <see cref="Add"/> and collection expressions.</summary>
    public Sequential()
        : base(null)
    {
    }

    /// <summary>The layers in order, the input not counted (as in Keras).</summary>
    public override LayerList Layers => new(_layers);

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => _layers ?? [];

    /// <summary>Puts a layer on top.</summary>
    /// <param name="layer">A layer, a factory's call, or an <c>Input(…)</c> as the very first.</param>
    /// <exception cref="KerasException">The shapes do not fit, or a name is taken.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer is InputLayer input)
        {
            if (_layers.Count > 0 || _input is not null) throw Throw.InputInTheMiddle(this, input);
            _input = input.OutputAt(0);
            return;
        }
        if (_layers.Find(l => l.Name == layer.Name) is { } taken) throw Throw.RepeatedName(Name, layer.Name, [taken, layer]);
        if (_layers.Count == 0 && _input is null) _input = FirstInput(layer);
        if (_input is not null)
        {
            var from = _layers.Count == 0 ? _input : Outputs[0];
            var to = layer.Apply(from);
            if (to.Siblings.Count != 1) throw Throw.LastOutputs(this, layer, to.Siblings.Count);
            _layers.Add(layer);
            SetGraph([_input], [to]);
        }
        else
        {
            _layers.Add(layer);
        }
    }

    /// <summary>Takes the top layer off.</summary>
    public void Pop()
    {
        if (_layers.Count == 0) throw Throw.EmptySequential(this);
        var top = _layers[^1];
        _layers.RemoveAt(_layers.Count - 1);
        if (_input is null) return;
        var output = top.Nodes[^1].Inputs[0];
        top.Nodes.RemoveAt(top.Nodes.Count - 1);
        if (_layers.Count > 0) SetGraph([_input], [output]);
        else ClearGraph();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        if (IsBuilt) return base.ComputeOutputShapes(inputs);
        if (_layers.Count == 0) throw Throw.EmptySequential(this);
        return [_layers.Aggregate(inputs.Count == 1 ? inputs[0] : throw Throw.WrongInputCount(this, "one tensor", inputs.Count), (shape, layer) => layer.ComputeOutputShape(shape))];
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        if (_layers.Count == 0) throw Throw.EmptySequential(this);
        _input = Keras.Input(inputs[0][1..]);
        var output = _layers.Aggregate(_input, (tensor, layer) => layer.Apply(tensor));
        SetGraph([_input], [output]);
    }

    private static KerasTensor? FirstInput(Layer layer) => layer switch
    {
        { InputShape: { } shape } => Keras.Input(shape),
        Model { IsBuilt: true } nested => Keras.Input(nested.Input.Shape[1..]),
        _ => null,
    };
}
