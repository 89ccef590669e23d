namespace DeepKeras.Layers;

/// <summary>
/// Category numbers as vectors (Keras: <c>keras.layers.CategoryEncoding</c>): with a 1 per element (<c>one_hot</c>), with a 1 for every category of the sample
/// (<c>multi_hot</c>), or with counts (<c>count</c>), to which a second input can give weights.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>one_hot</c>: <c>(N, …) → (N, …, numTokens)</c>, a last axis of 1 being replaced. <c>multi_hot</c>, <c>count</c>: <c>(N, s) → (N, numTokens)</c> and
/// <c>(N, s, …) → (N, …, numTokens)</c>; a tensor of one axis is one sample, <c>(s) → (numTokens)</c>.
/// <code>var t = CategoryEncoding(4)(Input(2, dtype: torch.ScalarType.Int64));   // (1, 2) → (0, 1, 1, 0)
/// var weighted = CategoryEncoding(4, "count")(ids, weights);</code>
/// </remarks>
public sealed class CategoryEncoding : CategoryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numTokens">How many categories there are, at least 1; their numbers go from 0 to numTokens − 1.</param>
    /// <param name="outputMode"><c>"multi_hot"</c> (the default), <c>"one_hot"</c> or <c>"count"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">numTokens is not positive, or the mode is another one.</exception>
    public CategoryEncoding(long numTokens, OutputMode? outputMode = null, Shape? inputShape = null, string? name = null)
        : base(outputMode ?? OutputMode.MultiHot, inputShape, name)
    {
        if (numTokens < 1) throw Throw.BadArgument(Where, nameof(numTokens), "at least 1", numTokens, "Where the number is not known, use an IntegerLookup.");
        NumTokens = numTokens;
        CheckMode(OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count);
    }

    /// <summary>How many categories there are.</summary>
    public long NumTokens { get; }

    private protected override long? Depth => NumTokens;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count == 1) return ComputeOutputShape(inputs[0]);
        if (inputs.Count != 2) throw Throw.WrongInputCount(this, "one tensor of categories, or that and their weights", inputs.Count);
        if (OutputMode != OutputMode.Count) throw Throw.BadInput(this, $"no weights with outputMode {OutputMode}", "two tensors", "Create it with outputMode: \"count\".");
        if (!Agree(inputs[0], inputs[1])) throw Throw.BadInput(this, $"weights of shape {inputs[0]}", inputs[1], "Give one weight for each category number.");
        return ComputeOutputShape(inputs[0]);
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Forward([input], training);

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        var numbers = Whole(inputs[0]);
        var wrong = numbers.lt(0).logical_or(numbers.ge(NumTokens));
        if (wrong.any().cpu().item<bool>()) throw Throw.CategoryOutOfRange(this, NumTokens, numbers.masked_select(wrong)[0].cpu().item<long>());
        return Encode(numbers, inputs.Count > 1 ? inputs[1] : null);
    }
}
