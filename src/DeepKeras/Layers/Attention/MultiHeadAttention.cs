using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Attention with several heads, each with projections of its own: <c>softmax(q · kᵀ / √keyDim) · v</c>, and a projection of all heads together
/// (Keras: <c>keras.layers.MultiHeadAttention</c>; Vaswani et al. 2017).
/// </summary>
/// <remarks>
/// Inputs are (query, value), (query, value, key) or (query, value, key, attention mask); the values are the keys where no key is given. The attention mask
/// says, <c>(N, T, S)</c>, which steps of the key each step of the query may attend to. Masks that come with the inputs hide steps too.
/// <para><b>Shapes</b> <c>[(N, T, D), (N, S, V), (N, S, K)] → (N, T, D)</c>, or <c>(N, T, outputShape…)</c>; the scores <c>(N, numHeads, T, S)</c> as a second
/// output if asked for; kernels of query, key and value <c>(features, numHeads, depth)</c>, of the output <c>(numHeads, valueDim, outputs)</c>.</para>
/// <code>
/// var t = Input(128, 256);
/// t = t + MultiHeadAttention(numHeads: 8, keyDim: 32)(t, t);
/// </code>
/// </remarks>
public sealed class MultiHeadAttention : MultiHeadBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numHeads">Number of heads, at least 1.</param>
    /// <param name="keyDim">Features of each head of queries and keys, at least 1.</param>
    /// <param name="valueDim">Features of each head of values; <paramref name="keyDim"/> by default.</param>
    /// <param name="dropout">The share of scores dropped while training, from 0 to 1; 0 by default.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
    /// <param name="outputShape">The last axes of the result; the query's features by default.</param>
    /// <param name="attentionAxes">The axes attended over; all between the batch and the features by default.</param>
    /// <param name="slidingWindow">How far, in steps, a step that is attended to must be at most, plus 1; any distance by default.</param>
    /// <param name="flashAttention"><see langword="true"/> insists on the kernel that never holds all scores at once and refuses what it cannot do (masks, dropout, scores, the CPU,
    /// 32 bits); by default, and with <see langword="false"/>, torch takes the best kernel that there is.</param>
    /// <param name="kernelInitializer">How the kernels are filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the biases are filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernels.</param>
    /// <param name="biasRegularizer">Penalty on the biases.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernels after each step.</param>
    /// <param name="biasConstraint">Projection of the biases after each step.</param>
    /// <param name="useGate">Whether the heads' results are multiplied by a sigmoid of one more projection of the query; <see langword="false"/> by default.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="returnAttentionScores">Whether the scores are a second output (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="useCausalMask">Whether no position attends to a later one (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A number is not positive, the dropout is not between 0 and 1, or flash attention cannot be had.</exception>
    public MultiHeadAttention(
        long numHeads,
        long keyDim,
        long? valueDim = null,
        double dropout = 0,
        bool useBias = true,
        Shape? outputShape = null,
        Axes? attentionAxes = null,
        [LaterKeras] long? slidingWindow = null,
        [LaterKeras] bool? flashAttention = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        [LaterKeras] bool useGate = false,
        int? seed = null,
        [CallArgument] bool returnAttentionScores = false,
        [CallArgument] bool useCausalMask = false,
        string? name = null)
        : base(new(dropout, useBias, slidingWindow, flashAttention, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, useGate, seed, returnAttentionScores, useCausalMask, name))
    {
        if (numHeads < 1) throw Throw.BadArgument(Where, nameof(numHeads), "a positive number", numHeads, "Give the number of heads wanted.");
        if (keyDim < 1) throw Throw.BadArgument(Where, nameof(keyDim), "a positive number", keyDim, "Usual are the query's features divided by the number of heads.");
        if (valueDim < 1) throw Throw.BadArgument(Where, nameof(valueDim), "a positive number", valueDim, "Leave it out to use keyDim.");
        if (outputShape is { Rank: 0 } || outputShape?.Any(e => e is null or < 1) == true) throw Throw.BadArgument(Where, nameof(outputShape), "made of positive numbers", outputShape, "Leave it out to get the query's features.");
        NumHeads = numHeads;
        KeyDim = keyDim;
        ValueDim = valueDim ?? keyDim;
        OutputShape = outputShape;
        AttentionAxes = attentionAxes;
    }

    /// <summary>Number of heads.</summary>
    public long NumHeads { get; }

    /// <summary>Features of each head of queries and keys.</summary>
    public long KeyDim { get; }

    /// <summary>Features of each head of values.</summary>
    public long ValueDim { get; }

    /// <summary>The last axes of the result; null for the query's features.</summary>
    public Shape? OutputShape { get; }

    /// <summary>The axes attended over; null for all between the batch and the features.</summary>
    public Axes? AttentionAxes { get; }

    // Keras's class has properties for all but the gate.
    private protected override string KerasGroup(string projection) => projection == "gate" ? "_gate_dense" : $"{projection}_dense";

    private protected override long QueryHeads => NumHeads;

    private protected override long KeyHeads => NumHeads;

    private protected override long KeyDepth => KeyDim;

    private protected override long ValueDepth => ValueDim;

    private protected override Axes Attended(Shape query)
    {
        if (AttentionAxes is null) return new([.. Enumerable.Range(1, query.Rank - 2)]);
        Axes counted = new([.. AttentionAxes.Select(axis => axis < 0 ? axis + query.Rank : axis)]);
        return counted.Any(axis => axis < 1 || axis > query.Rank - 2) || counted.Distinct().Count() != counted.Count ? throw Throw.AttentionAxes(this, AttentionAxes, query) : counted;
    }

    private protected override Shape OutputFeatures(Shape query) => OutputShape ?? query[^1..];
}
