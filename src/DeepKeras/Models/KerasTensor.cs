using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// A symbolic tensor: the promise of a value of a known shape, and the layer call that will produce it.
/// Layers are called on it to draw a graph; <see cref="Model"/> turns the graph into something that runs.
/// </summary>
public sealed class KerasTensor
{
    internal KerasTensor(Shape shape, ScalarType dtype, string name, Node producer, int outputIndex)
    {
        Shape = shape;
        Dtype = dtype;
        Name = name;
        Producer = producer;
        OutputIndex = outputIndex;
    }

    /// <summary>The shape with the batch axis first, usually unknown: <c>(None, 28, 28, 6)</c>.</summary>
    public Shape Shape { get; }

    /// <summary>The element type of the value.</summary>
    public ScalarType Dtype { get; }

    /// <summary>A name for error messages and plots: the layer's own.</summary>
    public string Name { get; }

    /// <summary>The layer whose call produces this tensor.</summary>
    public Layer Layer => Producer.Layer;

    /// <summary>Which of the layer's outputs this is, from 0.</summary>
    public int OutputIndex { get; }

    /// <summary>All outputs of the call that produced this tensor: one for most layers, several for a nested multi-output model.</summary>
    public IReadOnlyList<KerasTensor> Siblings => Producer.Outputs;

    /// <summary>What the layer was called on to produce this tensor: one for most layers, several for layers that merge, none for an input. Walks a graph backwards.</summary>
    public IReadOnlyList<KerasTensor> Sources => Producer.Inputs;

    internal Node Producer { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<KerasTensor '{Name}' {Shape} {Dtype}>";

    /// <summary>The sum, recorded as an <see cref="Layers.Add"/> layer.</summary>
    public static KerasTensor operator +(KerasTensor left, KerasTensor right) => new Add().Apply(left, right);

    /// <summary>The difference, recorded as a <see cref="Layers.Subtract"/> layer.</summary>
    public static KerasTensor operator -(KerasTensor left, KerasTensor right) => new Subtract().Apply(left, right);

    /// <summary>The element-wise product, recorded as a <see cref="Layers.Multiply"/> layer.</summary>
    public static KerasTensor operator *(KerasTensor left, KerasTensor right) => new Multiply().Apply(left, right);

    /// <summary>The quotient, recorded as a <see cref="Layers.Divide"/> layer.</summary>
    public static KerasTensor operator /(KerasTensor left, KerasTensor right) => new Divide().Apply(left, right);

    /// <summary>Every element plus a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator +(KerasTensor left, double right) => new Rescaling(1, right).Apply(left);

    /// <summary>Every element plus a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator +(double left, KerasTensor right) => new Rescaling(1, left).Apply(right);

    /// <summary>Every element minus a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator -(KerasTensor left, double right) => new Rescaling(1, -right).Apply(left);

    /// <summary>A number minus every element, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator -(double left, KerasTensor right) => new Rescaling(-1, left).Apply(right);

    /// <summary>The negative, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator -(KerasTensor value) => new Rescaling(-1).Apply(value);

    /// <summary>Every element times a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator *(KerasTensor left, double right) => new Rescaling(right).Apply(left);

    /// <summary>Every element times a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator *(double left, KerasTensor right) => new Rescaling(left).Apply(right);

    /// <summary>Every element divided by a number, recorded as a <see cref="Layers.Rescaling"/> layer.</summary>
    public static KerasTensor operator /(KerasTensor left, double right) => new Rescaling(1 / right).Apply(left);
}
