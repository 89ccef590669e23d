namespace DeepKeras.Layers;

/// <summary>Any function of tensors as a layer (Keras: <c>keras.layers.Lambda</c>). It has no weights and cannot be saved in a model file.</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) → (N, outputShape…)</c>; without <c>outputShape</c> the function is run on zeros to find it.
/// <code>var t = Lambda(x => x.pow(2))(t);
/// var d = Lambda((a, b) => (a - b).abs())(left, right);</code>
/// </remarks>
public sealed class Lambda : Layer
{
    private readonly Func<IReadOnlyList<Tensor>, Tensor>? _merge;
    private readonly ShapeProbe _probe;

    /// <summary>Creates the layer.</summary>
    /// <param name="function">The computation. It must keep the batch on axis 0 and be made of torch operations, so that gradients flow.</param>
    /// <param name="outputShape">The shape of one sample of the result, without the batch axis; found by running when absent.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Lambda(Func<Tensor, Tensor> function, Shape? outputShape = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Function = function;
        OutputShape = outputShape;
        _probe = new ShapeProbe(this, inputs => function(inputs[0]));
    }

    /// <summary>Creates the layer from a function of several tensors (<see cref="Keras.Lambda(Func{IReadOnlyList{Tensor}, Tensor}, Shape?, string?)"/>).</summary>
    internal Lambda(Func<IReadOnlyList<Tensor>, Tensor> merge, Shape? outputShape, string? name)
        : base(null, name)
    {
        _merge = merge;
        Function = input => merge([input]);
        OutputShape = outputShape;
        _probe = new ShapeProbe(this, merge);
    }

    /// <summary>The computation.</summary>
    public Func<Tensor, Tensor> Function { get; }

    /// <summary>The shape of one sample of the result, if it was given.</summary>
    public Shape? OutputShape { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => OutputShape is null ? _probe.OutputShape([input]) : new Shape([input[0], .. OutputShape]);

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (_merge is null) return base.ComputeOutputShape(inputs);
        return OutputShape is null ? _probe.OutputShape(inputs) : new Shape([inputs[0][0], .. OutputShape]);
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Function(input);

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => _merge is null ? Function(inputs[0]) : _merge(inputs);
}
