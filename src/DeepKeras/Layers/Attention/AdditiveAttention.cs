using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Additive attention: the score of a query and a key is <c>Σ scale · tanh(query + key)</c> (Keras: <c>keras.layers.AdditiveAttention</c>; Bahdanau et al.
/// 2015). Masked steps of the value get no weight, masked steps of the query give 0.
/// </summary>
/// <remarks>
/// Inputs are (query, value) or (query, value, key); the values are the keys where no key is given.
/// <para><b>Shapes</b> <c>[(N, T, D), (N, S, V), (N, S, D)] → (N, T, V)</c>, and the scores <c>(N, T, S)</c> as a second output if asked for; scale <c>(D)</c>.</para>
/// <code>var t = AdditiveAttention()(query, value);</code>
/// </remarks>
public sealed class AdditiveAttention : AttentionBase
{
    private Weight? _scale;

    /// <summary>Creates the layer.</summary>
    /// <param name="useScale">Whether each feature has a trained factor; <see langword="true"/> by default.</param>
    /// <param name="dropout">The share of scores dropped while training, from 0 to 1; 0 by default.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="returnAttentionScores">Whether the scores are a second output (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="useCausalMask">Whether no position attends to a later one (an argument of the call in Keras); <see langword="false"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The dropout is not between 0 and 1.</exception>
    public AdditiveAttention(
        bool useScale = true,
        double dropout = 0,
        int? seed = null,
        [CallArgument] bool returnAttentionScores = false,
        [CallArgument] bool useCausalMask = false,
        string? name = null)
        : base(useScale, dropout, seed, returnAttentionScores, useCausalMask, name)
    {
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        if (!UseScale) return;
        if (inputs[0][^1] is null) throw Throw.AttentionFeaturesUnknown(this, inputs);
        _scale = AddWeight("scale", new Shape(inputs[0][^1]));
    }

    /// <inheritdoc/>
    private protected override long? BuiltFor => _scale?.Shape[0];

    /// <inheritdoc/>
    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        var bent = query.unsqueeze(-2).add(key.unsqueeze(-3)).tanh();
        // As a product with a vector the sum needs no second tensor of that size.
        return _scale is null ? bent.sum(-1) : torch.nn.functional.linear(bent, _scale.Native.unsqueeze(0)).squeeze(-1);
    }
}
