using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The way back of a <see cref="ReversibleEmbedding"/>. It has no weights of its own, and in files it is a further call of that layer.</summary>
internal sealed class EmbeddingReversal : Layer, ICallVariant
{
    private readonly ReversibleEmbedding _embedding;

    public EmbeddingReversal(ReversibleEmbedding embedding)
        : base(name: $"{embedding.Name}_reverse") => _embedding = embedding;

    Layer ICallVariant.Source => _embedding;

    string ICallVariant.Argument => "reverse";

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => [_embedding];

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.Rank >= 2 && input[^1] == _embedding.OutputDim
        ? input.With(-1, _embedding.InputDim)
        : throw Throw.BadInput(this, $"vectors, a last axis of {_embedding.OutputDim}", input, "Bring them to that length with a Dense layer.");

    /// <inheritdoc/>
    protected override void Build(Shape input) => _embedding.EnsureBuilt([input]);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => _embedding.Scores(input);
}
