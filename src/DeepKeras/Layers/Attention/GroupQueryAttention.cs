using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Multi-head attention in which several query heads share one head of keys and values (Keras: <c>keras.layers.GroupQueryAttention</c>; Ainslie et al. 2023).
/// One head for all is multi-query attention; as many as there are query heads is <see cref="MultiHeadAttention"/>.
/// </summary>
/// <remarks>
/// Inputs are those of <see cref="MultiHeadAttention"/>.
/// <para><b>Shapes</b> <c>[(N, T, D), (N, S, D), (N, S, K)] → (N, T, D)</c>; the scores <c>(N, numQueryHeads, T, S)</c> as a second output if asked for; kernels
/// of the query <c>(D, numQueryHeads, headDim)</c>, of key and value <c>(features, numKeyValueHeads, headDim)</c>, of the output <c>(numQueryHeads, headDim, D)</c>.</para>
/// <code>
/// var t = Input(128, 256);
/// t = t + GroupQueryAttention(headDim: 32, numQueryHeads: 8, numKeyValueHeads: 2)(t, t);
/// </code>
/// </remarks>
[KerasClass("GroupedQueryAttention")]
public sealed class GroupQueryAttention : MultiHeadBase
{
    private static readonly Axes s_steps = new(1);

    /// <summary>Creates the layer.</summary>
    /// <param name="headDim">Features of each head, at least 1.</param>
    /// <param name="numQueryHeads">Number of heads of queries, a multiple of <paramref name="numKeyValueHeads"/>.</param>
    /// <param name="numKeyValueHeads">Number of heads of keys and values, at least 1.</param>
    /// <param name="dropout">The share of scores dropped while training, from 0 to 1; 0 by default.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
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
    /// <exception cref="KerasException">A number is not positive, the query heads are no multiple of the others, the dropout is not between 0 and 1, or flash attention cannot be had.</exception>
    public GroupQueryAttention(
        long headDim,
        long numQueryHeads,
        long numKeyValueHeads,
        double dropout = 0,
        bool useBias = true,
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
        [LaterKeras] int? seed = null,
        [CallArgument] bool returnAttentionScores = false,
        [CallArgument] bool useCausalMask = false,
        string? name = null)
        : base(new(dropout, useBias, slidingWindow, flashAttention, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, useGate, seed, returnAttentionScores, useCausalMask, name))
    {
        if (headDim < 1) throw Throw.BadArgument(Where, nameof(headDim), "a positive number", headDim, "Usual are the query's features divided by the number of query heads.");
        if (numKeyValueHeads < 1) throw Throw.BadArgument(Where, nameof(numKeyValueHeads), "a positive number", numKeyValueHeads, "1 shares one head of keys and values among all query heads.");
        if (numQueryHeads < 1 || numQueryHeads % numKeyValueHeads != 0) throw Throw.HeadGroups(Where, numQueryHeads, numKeyValueHeads);
        HeadDim = headDim;
        NumQueryHeads = numQueryHeads;
        NumKeyValueHeads = numKeyValueHeads;
    }

    /// <summary>Features of each head.</summary>
    public long HeadDim { get; }

    /// <summary>Number of heads of queries.</summary>
    public long NumQueryHeads { get; }

    /// <summary>Number of heads of keys and values.</summary>
    public long NumKeyValueHeads { get; }

    private protected override string KerasGroup(string projection) => $"_{projection}_dense";

    private protected override long QueryHeads => NumQueryHeads;

    private protected override long KeyHeads => NumKeyValueHeads;

    private protected override long KeyDepth => HeadDim;

    private protected override long ValueDepth => HeadDim;

    private protected override Axes Attended(Shape query) => query.Rank == 3 ? s_steps : throw Throw.BadInput(this, "sequences (N, steps, features)", query, "Put TimeDistributed around the layer, or use MultiHeadAttention with attentionAxes.");

    private protected override Shape OutputFeatures(Shape query) => query[^1..];

    private protected override void CheckFeatures(Shape query, Shape value, Shape key)
    {
        if (query[^1] != value[^1]) throw Throw.AttentionFeatures(this, [query, value]);
        base.CheckFeatures(query, value, key);
    }
}
