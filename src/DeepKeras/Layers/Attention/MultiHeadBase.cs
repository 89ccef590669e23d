using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>What the attentions with projected heads share: options, weights and masks.</summary>
public abstract partial class MultiHeadBase : Layer, IMaskConsumer, IMaskProducer, IRandomLayer, IKerasVariables
{
    private static readonly string[] s_callNames = ["query", "value", "key", "attention_mask"];
    private readonly RandomStream _random;
    private HeadProjection? _query;
    private HeadProjection? _key;
    private HeadProjection? _value;
    private HeadProjection? _gate;
    private HeadProjection? _output;
    private AttentionLayout? _layout;

    private protected MultiHeadBase(HeadOptions options)
        : base(name: options.Name)
    {
        if (options.Dropout is not (>= 0 and <= 1)) throw Throw.DropRate(Where, options.Dropout);
        if (options.SlidingWindow < 1) throw Throw.BadArgument(Where, "slidingWindow", "a positive number of steps", options.SlidingWindow, "Leave it out to let every step attend to all others.");
        if (options.FlashAttention == true && options.Dropout > 0) throw Throw.FlashAttention(Where, "there is a dropout", "Leave flashAttention out, or the dropout.");
        if (options.FlashAttention == true && options.ReturnAttentionScores) throw Throw.FlashAttention(Where, "the scores are asked for", "Leave flashAttention out, or returnAttentionScores.");
        Dropout = options.Dropout;
        UseBias = options.UseBias;
        SlidingWindow = options.SlidingWindow;
        FlashAttention = options.FlashAttention;
        KernelInitializer = options.KernelInitializer ?? new GlorotUniform();
        BiasInitializer = options.BiasInitializer ?? new Zeros();
        KernelRegularizer = options.KernelRegularizer;
        BiasRegularizer = options.BiasRegularizer;
        ActivityRegularizer = options.ActivityRegularizer;
        KernelConstraint = options.KernelConstraint;
        BiasConstraint = options.BiasConstraint;
        UseGate = options.UseGate;
        Seed = options.Seed;
        ReturnAttentionScores = options.ReturnAttentionScores;
        UseCausalMask = options.UseCausalMask;
        _random = new(Seed);
    }

    /// <summary>The share of scores dropped while training.</summary>
    public double Dropout { get; }

    /// <summary>Whether the projections have biases.</summary>
    public bool UseBias { get; }

    /// <summary>How near a step must be to be attended to; null for any distance.</summary>
    public long? SlidingWindow { get; }

    /// <summary>Whether the kernel must be the one that never holds all scores at once.</summary>
    public bool? FlashAttention { get; }

    /// <summary>How the kernels are filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>How the biases are filled.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>Penalty on the kernels.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Penalty on the biases.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>Projection of the kernels after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>Projection of the biases after each step.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>Whether the query also opens and closes the heads' results.</summary>
    public bool UseGate { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    /// <summary>Whether the scores are a second output.</summary>
    public bool ReturnAttentionScores { get; }

    /// <summary>Whether no position attends to a later one.</summary>
    public bool UseCausalMask { get; }

    RandomStream IRandomLayer.Random => _random;

    bool IRandomLayer.Draws => Dropout > 0;

    // In Keras each projection is a layer of its own, held by a property: query_dense, output_dense.
    IEnumerable<(string Path, Weight Weight)> IKerasVariables.Variables => Weights.Select(weight =>
    {
        var part = weight.Name[..weight.Name.IndexOf('/', StringComparison.Ordinal)];
        return ($"{KerasGroup(part == "attention_output" ? "output" : part)}/vars/{(weight.Name.EndsWith("kernel", StringComparison.Ordinal) ? 0 : 1)}", weight);
    });

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<string>? CallNames => s_callNames;

    /// <summary>The group in Keras's files for a projection: <c>query</c>, <c>key</c>, <c>gate</c>, <c>value</c>, <c>output</c>.</summary>
    private protected abstract string KerasGroup(string projection);

    /// <summary>How many heads the query has.</summary>
    private protected abstract long QueryHeads { get; }

    /// <summary>How many heads keys and values have.</summary>
    private protected abstract long KeyHeads { get; }

    /// <summary>Features of a head of queries and keys.</summary>
    private protected abstract long KeyDepth { get; }

    /// <summary>Features of a head of values.</summary>
    private protected abstract long ValueDepth { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input) => ComputeOutputShape([input]);

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count is < 2 or > 4) throw Throw.WrongInputCount(this, "a query and a value, then a key and an attention mask if there are any,", inputs.Count);
        var (query, value, key) = (inputs[0], inputs[1], inputs[inputs.Count > 2 ? 2 : 1]);
        AttentionShapes.Check(this, query, value, key);
        if (query[^1] is null || value[^1] is null || key[^1] is null) throw Throw.AttentionFeaturesUnknown(this, [query, value, key]);
        var layout = Layout(query);
        if (layout.AxisCount > 1 && (UseCausalMask || SlidingWindow is not null)) throw Throw.BandAxes(this, Attended(query));
        if (layout.Free(query).Zip(layout.Free(value)).Any(e => AttentionShapes.Differ(e.First, e.Second))) throw Throw.AttentionSteps(this, inputs);
        CheckFeatures(query, value, key);
        Shape scores = new([.. layout.Free(query), QueryHeads, .. layout.Steps(query), .. layout.Steps(key)]);
        if (inputs.Count == 4) CheckMask(inputs[3], layout, scores);
        Shape output = new([.. query[..^1], .. OutputFeatures(query)]);
        return ReturnAttentionScores ? [output, scores] : [output];
    }

    /// <summary>The axes attended over.</summary>
    private protected abstract Axes Attended(Shape query);

    /// <summary>The last axes of the result.</summary>
    private protected abstract Shape OutputFeatures(Shape query);

    /// <summary>Further demands on the features.</summary>
    private protected virtual void CheckFeatures(Shape query, Shape value, Shape key)
    {
        Check("query", _query, query);
        Check("key", _key, key);
        Check("value", _value, value);

        void Check(string part, HeadProjection? built, Shape input)
        {
            if (built is not null && built.Features != input[^1]) throw Throw.AttentionBuiltFor(this, part, built.Features, input);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Build(IReadOnlyList<Shape> inputs)
    {
        var (query, value, key) = (inputs[0], inputs[1], inputs[inputs.Count > 2 ? 2 : 1]);
        _layout = Layout(query);
        _query = AddProjection("query", new(query[^1], QueryHeads, KeyDepth), 1);
        _key = AddProjection("key", new(key[^1], KeyHeads, KeyDepth), 1);
        if (UseGate) _gate = AddProjection("gate", new(query[^1], QueryHeads, ValueDepth), 1);
        _value = AddProjection("value", new(value[^1], KeyHeads, ValueDepth), 1);
        _output = AddProjection("attention_output", new([QueryHeads, ValueDepth, .. OutputFeatures(query)]), 2);
    }

    private AttentionLayout Layout(Shape query) => new(query.Rank, [.. Attended(query)]);

    private HeadProjection AddProjection(string name, Shape shape, int summed)
    {
        var initializer = KernelInitializer is RandomInitializer random ? random.ForAnother() : KernelInitializer;
        if (initializer is VarianceScaling scaling) initializer = scaling.WithFans([.. Enumerable.Range(0, summed)], [.. Enumerable.Range(summed, shape.Rank - summed)]);
        var kernel = AddWeight($"{name}/kernel", shape, initializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (!UseBias) return new(kernel, null, summed);
        var ownBias = BiasInitializer is RandomInitializer drawn ? drawn.ForAnother() : BiasInitializer;
        return new(kernel, AddWeight($"{name}/bias", shape[summed..], ownBias, regularizer: BiasRegularizer, constraint: BiasConstraint), summed);
    }

    private void CheckMask(Shape mask, AttentionLayout layout, Shape scores)
    {
        var tail = 2 * layout.AxisCount;
        var fits = mask.Rank >= tail && mask.Rank <= scores.Rank;
        for (var i = 1; fits && i <= tail; i++) fits = mask[^i] == 1 || !AttentionShapes.Differ(mask[^i], scores[^i]);
        if (!fits) throw Throw.AttentionMaskShape(this, mask, $"(N, …) and {scores[^tail..]}");
    }
}
