using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>One configuration of a layer on inputs of one shape.</summary>
/// <param name="Title">For messages: <c>Conv2D(padding: same) on (8, 8, 4)</c>.</param>
/// <param name="Create">A new layer of that configuration.</param>
/// <param name="Inputs">The inputs' shapes, without the batch axis.</param>
internal sealed record LayerSample(string Title, Func<Layer> Create, Shape[] Inputs)
{
    /// <summary>The inputs' shapes for a batch; null for one of unknown size.</summary>
    public Shape[] Shapes(long? batch) => [.. Inputs.Select(s => new Shape([batch, .. s]))];

    /// <summary>The inputs' element type; that of floats by default.</summary>
    public ScalarType Dtype { get; init; } = Keras.FloatType;

    /// <summary>Fixed numbers in these shapes: between −1 and 1, or 0, 1 and 2 where whole numbers are wanted.</summary>
    public Tensor[] Tensors(long batch) => [.. Inputs.Select((s, i) => Dtype == ScalarType.Int64
        ? Sample(ScalarType.Float32, [batch, .. s.ToArray()]).abs().mul(3).to_type(Dtype)
        : Sample(Keras.FloatType, [batch, .. s.ToArray()]).add(0.01 * i))];

    /// <inheritdoc/>
    public override string ToString() => Title;
}
