using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Dot-product attention: <c>softmax(query · keyᵀ) · value</c> (Keras: <c>keras.layers.Attention</c>; Luong et al. 2015). Masked steps of the value
/// get no weight, masked steps of the query give 0.
/// </summary>
/// <remarks>
/// Inputs are (query, value) or (query, value, key); the values are the keys where no key is given.
/// <para><b>Shapes</b> <c>[(N, T, D), (N, S, V), (N, S, D)] → (N, T, V)</c>, and the scores <c>(N, T, S)</c> as a second output if asked for.</para>
/// <code>var t = Attention(useScale: true)(query, value);</code>
/// </remarks>
public sealed class Attention : AttentionBase
{
    private static readonly string[] s_scoreModes = ["dot", "concat"];
    private Weight? _scale;
    private Weight? _concatScoreWeight;

    /// <summary>Creates the layer.</summary>
    /// <param name="useScale">Whether the scores have a trained factor, 1 at first; <see langword="false"/> by default.</param>
    /// <param name="scoreMode"><c>"dot"</c> (default): the product of query and key; <c>"concat"</c>: a trained factor times Σ tanh(query + key).</param>
    /// <param name="dropout">The share of scores dropped while training, from 0 to 1; 0 by default.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="returnAttentionScores">Whether the scores are a second output (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="useCausalMask">Whether no position attends to a later one (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The mode is none of these, or the dropout is not between 0 and 1.</exception>
    public Attention(
        bool useScale = false,
        string scoreMode = "dot",
        double dropout = 0,
        int? seed = null,
        [CallArgument] bool returnAttentionScores = false,
        [CallArgument] bool useCausalMask = false,
        string? name = null)
        : base(useScale, dropout, seed, returnAttentionScores, useCausalMask, name)
    {
        if (!s_scoreModes.Contains(scoreMode, StringComparer.Ordinal)) throw Throw.UnknownName("scoreMode of Attention", scoreMode, s_scoreModes);
        ScoreMode = scoreMode;
    }

    /// <summary>How scores are computed: <c>dot</c> or <c>concat</c>.</summary>
    public string ScoreMode { get; }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        if (UseScale) _scale = AddWeight("scale", Shape.Scalar, new Initializers.Ones());
        if (ScoreMode == "concat") _concatScoreWeight = AddWeight("concat_score_weight", Shape.Scalar, new Initializers.Ones());
    }

    /// <inheritdoc/>
    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        if (_concatScoreWeight is null)
        {
            // The factor goes to the query, which is smaller than the scores.
            return AttentionProducts.Scores(_scale is null ? query : query.mul(_scale.Native), key);
        }
        var sums = query.unsqueeze(-2).add(key.unsqueeze(-3));
        if (_scale is not null) sums = sums.mul(_scale.Native);
        return sums.tanh().sum(-1).mul(_concatScoreWeight.Native);
    }
}
