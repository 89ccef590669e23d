namespace DeepKeras.Layers;

/// <summary>Where data enters a graph. <see cref="Keras.Input"/> makes one and returns its symbolic tensor.</summary>
/// <remarks><b>Shapes</b> <c>(N, …shape) → (N, …shape)</c>; no weights.</remarks>
public sealed class InputLayer : Layer
{
    /// <summary>Creates the layer and its output.</summary>
    /// <param name="shape">Shape of one sample, without the batch axis; <see langword="null"/> entries for free extents.</param>
    /// <param name="batchSize">A fixed number of samples; any by default.</param>
    /// <param name="dtype">Element type that data is converted to; <see cref="Keras.FloatType"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public InputLayer(Shape shape, long? batchSize = null, ScalarType? dtype = null, string? name = null)
        : base(shape, name)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(d => d < 0)) throw Throw.BadArgument(Where, nameof(shape), "made of extents of at least 0, or null", shape, "Leave the batch axis out: Input((28, 28, 1)).");
        BatchSize = batchSize;
        DtypePolicy = DtypePolicy.Of(dtype ?? Keras.FloatType);
        IsBuilt = true;
        Nodes.Add(new Node(this, [], [new Shape([batchSize, .. shape])], Dtype));
    }

    /// <summary>Shape of one sample, without the batch axis.</summary>
    public Shape Shape => InputShape!;

    /// <summary>The fixed number of samples, or <see langword="null"/>.</summary>
    public long? BatchSize { get; }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input;
}
