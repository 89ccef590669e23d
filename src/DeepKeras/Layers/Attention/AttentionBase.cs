namespace DeepKeras.Layers;

/// <summary>What the attentions without projections share: the softmax of scores weighs the values.</summary>
public abstract class AttentionBase : Layer, IMaskConsumer, IMaskProducer, IRandomLayer
{
    private readonly RandomStream _random;

    private protected AttentionBase(bool useScale, double dropout, int? seed, bool returnAttentionScores, bool useCausalMask, string? name)
        : base(name: name)
    {
        if (dropout is not (>= 0 and <= 1)) throw Throw.DropRate(Where, dropout);
        UseScale = useScale;
        Dropout = dropout;
        Seed = seed;
        ReturnAttentionScores = returnAttentionScores;
        UseCausalMask = useCausalMask;
        _random = new(seed);
    }

    /// <summary>Whether the scores have a trained factor.</summary>
    public bool UseScale { get; }

    /// <summary>The share of scores dropped while training.</summary>
    public double Dropout { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    /// <summary>Whether the scores are a second output.</summary>
    public bool ReturnAttentionScores { get; }

    /// <summary>Whether no position attends to a later one.</summary>
    public bool UseCausalMask { get; }

    RandomStream IRandomLayer.Random => _random;

    bool IRandomLayer.Draws => Dropout > 0;

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input) => ComputeOutputShape([input]);

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count is not (2 or 3)) throw Throw.WrongInputCount(this, "a query and a value, and a key if it is another tensor,", inputs.Count);
        var (query, value, key) = (inputs[0], inputs[1], inputs[^1]);
        AttentionShapes.Check(this, query, value, key);
        if (AttentionShapes.Differ(query[^1], key[^1])) throw Throw.AttentionFeatures(this, inputs);
        if (BuiltFor is { } features && features != query[^1]) throw Throw.AttentionBuiltFor(this, "query", features, query);
        for (var axis = 1; axis < query.Rank - 2; axis++)
        {
            if (AttentionShapes.Differ(query[axis], value[axis])) throw Throw.AttentionSteps(this, inputs);
        }
        var output = query.With(-1, value[^1]);
        return ReturnAttentionScores ? [output, query.With(-1, key[^2])] : [output];
    }

    /// <inheritdoc/>
    public bool ProducesMask(IReadOnlyList<bool> inputs) => inputs[0];

    /// <inheritdoc/>
    public Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => masks[0]!;

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) =>
        Attend(inputs, masks[0], masks[1], training);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => Attend(inputs, null, null, training)[0];

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training) => Attend(inputs, null, null, training);

    /// <summary>The features that weights were made for; null where they do not matter.</summary>
    private protected virtual long? BuiltFor => null;

    /// <summary>How well each query goes with each key, <c>(…, T, S)</c>.</summary>
    private protected abstract Tensor Scores(Tensor query, Tensor key);

    private Tensor[] Attend(IReadOnlyList<Tensor> inputs, Tensor? queryMask, Tensor? valueMask, bool training)
    {
        var scores = Scores(inputs[0], inputs[^1]);
        var allowed = AttentionMask.And(AttentionMask.OfKeys(valueMask), AttentionMask.Band(scores.size(-2), scores.size(-1), UseCausalMask, null, scores.device));
        // Keras lowers what is masked by a number that leaves nothing of it.
        if (allowed is not null) scores = scores.add(allowed.logical_not().to_type(scores.dtype).mul(scores.dtype == ScalarType.Float16 ? -65504 : -1e9));
        var weights = scores.softmax(-1);
        if (training) weights = Noise.Drop(weights, Dropout, _random);
        var output = AttentionProducts.Combine(weights, inputs[1]);
        if (queryMask is not null) output = output.masked_fill(queryMask.logical_not().unsqueeze(-1), 0);
        return ReturnAttentionScores ? [output, weights] : [output];
    }
}
