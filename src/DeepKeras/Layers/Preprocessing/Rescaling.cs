namespace DeepKeras.Layers;

/// <summary><c>input · scale + offset</c>, in floating point also for integers (Keras: <c>keras.layers.Rescaling</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged; several numbers stand along the last axes.
/// <code>var t = Rescaling(1 / 127.5, offset: -1)(images);                        // 0 … 255 becomes −1 … 1
/// var u = Rescaling([1 / 58.4, 1 / 57.1, 1 / 57.4], offset: [-2.1, -2.0, -1.8])(images);</code>
/// </remarks>
public sealed class Rescaling : Layer
{
    private Tensor? _scales;
    private Tensor? _offsets;

    /// <summary>Creates the layer.</summary>
    /// <param name="scale">Factor: one number, not 0, or one for each channel.</param>
    /// <param name="offset">Added after the factor; 0 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="scale"/> is 0, as <c>1 / 255</c> is in C#.</exception>
    public Rescaling(Numbers scale, Numbers? offset = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (scale.Contains(0)) throw Throw.BadArgument(Where, nameof(scale), "different from 0", scale, "Write 1 / 255.0: in C# the whole numbers 1 / 255 give 0.");
        Scale = scale;
        Offset = offset ?? 0;
    }

    /// <summary>Factor.</summary>
    public Numbers Scale { get; }

    /// <summary>Added after the factor.</summary>
    public Numbers Offset { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (!Fits(Scale, input)) throw Throw.BadInput(this, $"an input to which scale {Scale} fits", input, "Give one number, or one for each channel.");
        if (!Fits(Offset, input)) throw Throw.BadInput(this, $"an input to which offset {Offset} fits", input, "Give one number, or one for each channel.");
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        if (!Scale.IsScalar) _scales = Scale.ToTensor(Dtype).to(Keras.Device).DetachFromDisposeScope();
        if (!Offset.IsScalar) _offsets = Offset.ToTensor(Dtype).to(Keras.Device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        // A whole number times a real one would be float32, whatever the layer computes in.
        if (!input.is_floating_point()) input = input.to_type(OutputDtype);
        var scaled = _scales is not null ? input.mul(_scales) : Scale[0] != 1 ? input.mul(Scale[0]) : input;
        return _offsets is not null ? scaled.add(_offsets) : Offset[0] != 0 ? scaled.add(Offset[0]) : scaled;
    }

    private static bool Fits(Numbers numbers, Shape input)
    {
        if (numbers.Shape.Rank > input.Rank) return false;
        for (var i = 1; i <= numbers.Shape.Rank; i++)
        {
            if (numbers.Shape[^i] != 1 && input[^i] is { } extent && numbers.Shape[^i] != extent) return false;
        }
        return true;
    }
}
