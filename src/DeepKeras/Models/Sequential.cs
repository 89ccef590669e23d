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
        var entry = _input ?? (_layers.Count == 0 ? FirstInput(layer) : null);
        if ((_layers.Find(l => l.Name == layer.Name) ?? Named(entry, layer.Name)) is { } taken) throw Throw.RepeatedName(Name, layer.Name, [taken, layer]);
        if (entry is null)
        {
            _layers.Add(layer);
            return;
        }
        var to = layer.Apply(_layers.Count == 0 ? entry : Outputs[0]);
        if (to.Siblings.Count != 1) throw Throw.LastOutputs(this, layer, to.Siblings.Count);
        _layers.Add(layer);
        _input = entry;
        SetGraph([entry], [to]);
    }

    /// <summary>Takes the top layer off.</summary>
    public void Pop()
    {
        if (_layers.Count == 0) throw Throw.EmptySequential(this);
        // The layer may have been called elsewhere too: only the call that this model made goes.
        var call = _input is null ? null : Outputs[0].Producer;
        _layers.RemoveAt(_layers.Count - 1);
        if (call is null) return;
        call.Layer.Nodes.Remove(call);
        if (_layers.Count > 0) SetGraph([_input!], [call.Inputs[0]]);
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
        // Shapes that do not fit are refused here, before some of the layers have weights for them.
        _ = ComputeOutputShapes(inputs);
        var input = Keras.Input(inputs[0][1..], dtype: _layers[0].InputType);
        var output = _layers.Aggregate(input, (tensor, layer) => layer.Apply(tensor));
        _input = input;
        SetGraph([input], [output]);
    }

    private static Layer? Named(KerasTensor? input, string name) => input?.Layer.Name == name ? input.Layer : null;

    private static KerasTensor? FirstInput(Layer layer) => layer switch
    {
        { InputShape: { } shape } => Keras.Input(shape, dtype: layer.InputType),
        Model { IsBuilt: true } nested => Keras.Input(nested.Input.Shape[1..]),
        _ => null,
    };
}
