using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// An <see cref="Embedding"/> that also goes back, from vectors to a score for each id (Keras: <c>keras.layers.ReversibleEmbedding</c>; Press and Wolf 2017):
/// the first and the last layer of a language model.
/// </summary>
/// <remarks>
/// The way back is <see cref="Reverse"/>: <c>x · embeddingsᵀ</c>, or <c>x · reverseEmbeddings</c> where the weights are not tied.
/// <para><b>Shapes</b> <c>(N, …) → (N, …, outputDim)</c>, back <c>(N, …, outputDim) → (N, …, inputDim)</c>; embeddings <c>(inputDim, outputDim)</c>, reverse
/// embeddings <c>(outputDim, inputDim)</c>.</para>
/// <code>
/// var table = new ReversibleEmbedding(20_000, 64);
/// var scores = table.Reverse(Dense(64, "relu")(table.Apply(Input(200))));
/// </code>
/// </remarks>
public sealed class ReversibleEmbedding : EmbeddingBase
{
    private readonly EmbeddingReversal _reversal;
    private Weight? _reverseVectors;

    /// <summary>Creates the layer.</summary>
    /// <param name="inputDim">Number of different ids, the largest one plus 1; at least 1.</param>
    /// <param name="outputDim">Length of the vector for an id, at least 1.</param>
    /// <param name="tieWeights">Whether the way back uses the same vectors; <see langword="true"/> by default.</param>
    /// <param name="embeddingsInitializer">How the vectors are filled; <c>uniform</c>, U(−0.05, 0.05), by default.</param>
    /// <param name="embeddingsRegularizer">Penalty on the vectors.</param>
    /// <param name="embeddingsConstraint">Projection of the vectors after each step.</param>
    /// <param name="maskZero">Whether id 0 stands for a step that does not count; <see langword="false"/> by default.</param>
    /// <param name="reverseDtype">The element type of the way back; the layer's own by default.</param>
    /// <param name="logitSoftCap">Bounds the scores smoothly: <c>cap · tanh(score / cap)</c>; no bound by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis; the ids are then taken as 64-bit integers.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A dimension or the bound is not positive.</exception>
    public ReversibleEmbedding(
        long inputDim,
        long outputDim,
        bool tieWeights = true,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        ScalarType? reverseDtype = null,
        double? logitSoftCap = null,
        Shape? inputShape = null,
        string? name = null)
        : base(inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint, maskZero, inputShape, name)
    {
        if (logitSoftCap <= 0) throw Throw.BadArgument(Where, nameof(logitSoftCap), "a positive number", logitSoftCap, "Leave it out for scores without a bound.");
        TieWeights = tieWeights;
        ReverseDtype = reverseDtype;
        LogitSoftCap = logitSoftCap;
        _reversal = new(this);
    }

    /// <summary>Whether the way back uses the same vectors.</summary>
    public bool TieWeights { get; }

    /// <summary>The element type of the way back.</summary>
    public ScalarType? ReverseDtype { get; }

    /// <summary>The bound of the scores.</summary>
    public double? LogitSoftCap { get; }

    /// <summary>The way back, from vectors to scores, to be called like a layer: <c>table.Reverse(t)</c> (in Keras <c>table(t, reverse=True)</c>).</summary>
    public LayerCall Reverse => _reversal.AsCall();

    /// <inheritdoc/>
    internal override Layer? Variant(string argument) => argument == ((ICallVariant)_reversal).Argument ? _reversal : null;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        base.Build(input);
        if (TieWeights) return;
        var initializer = EmbeddingsInitializer is RandomInitializer random ? random.ForAnother() : EmbeddingsInitializer;
        _reverseVectors = AddWeight("reverse_embeddings", new Shape(OutputDim, InputDim), initializer);
    }

    /// <summary>The scores of the ids for vectors.</summary>
    internal Tensor Scores(Tensor vectors)
    {
        // As a linear layer has them: a row for each output.
        var rows = _reverseVectors?.Native.t() ?? Vectors!.Native;
        if (ReverseDtype is { } type) (vectors, rows) = (vectors.to_type(type), rows.to_type(type));
        var scores = torch.nn.functional.linear(vectors, rows);
        return LogitSoftCap is { } cap ? scores.div(cap).tanh().mul(cap) : scores;
    }
}
