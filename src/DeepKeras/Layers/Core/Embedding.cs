using DeepKeras.Constraints;
using DeepKeras.Data;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// A trained vector for each id: row <c>id</c> of a table (Keras: <c>keras.layers.Embedding</c>). Ids are whole numbers from 0 to inputDim − 1, of an
/// integer type or as floating numbers.
/// </summary>
/// <remarks>
/// With <c>maskZero</c> id 0 marks steps that do not count, such as the padding behind a short text: they are masked in the layers that follow, and so in the loss.
/// <para><b>Shapes</b> <c>(N, …) → (N, …, outputDim)</c>; embeddings <c>(inputDim, outputDim)</c>.</para>
/// <code>
/// var t = Embedding(20_000, 64, maskZero: true)(Input(200, dtype: ScalarType.Int64)); // (None, 200, 64)
/// </code>
/// </remarks>
public sealed class Embedding : EmbeddingBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="inputDim">Number of different ids, the largest one plus 1; at least 1.</param>
    /// <param name="outputDim">Length of the vector for an id, at least 1.</param>
    /// <param name="embeddingsInitializer">How the vectors are filled; <c>uniform</c>, U(−0.05, 0.05), by default.</param>
    /// <param name="embeddingsRegularizer">Penalty on the vectors.</param>
    /// <param name="embeddingsConstraint">Projection of the vectors after each step.</param>
    /// <param name="maskZero">Whether id 0 stands for a step that does not count; <see langword="false"/> by default.</param>
    /// <param name="weights">The vectors to begin with, <c>(inputDim, outputDim)</c>; drawn by <paramref name="embeddingsInitializer"/> by default.</param>
    /// <param name="loraRank">Switches low-rank adaptation on, with matrices of this rank (see <see cref="EnableLora"/>); off by default.</param>
    /// <param name="loraAlpha">What the change is multiplied by, times the rank; <paramref name="loraRank"/> by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis; the ids are then taken as 64-bit integers.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A dimension or <paramref name="loraRank"/> is not positive, or <paramref name="weights"/> have another shape.</exception>
    public Embedding(
        long inputDim,
        long outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        [UsedUp] TensorData? weights = null,
        [LaterKeras] long? loraRank = null,
        [LaterKeras] double? loraAlpha = null,
        Shape? inputShape = null,
        string? name = null)
        : base(inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint, maskZero, inputShape, name)
    {
        if (loraRank < 1) throw Throw.LoraRank(Where, loraRank.Value);
        (LoraRank, LoraAlpha) = (loraRank, loraAlpha ?? loraRank);
        if (weights is null) return;
        EnsureBuilt([new(1L)]);
        Vectors!.Assign(weights.InOrder(["embeddings"], "weight")[0]);
    }

    /// <summary>The rank of the low-rank adaptation; null where it is off.</summary>
    public long? LoraRank { get; private set; }

    /// <summary>What the low-rank change is multiplied by, times the rank.</summary>
    public double? LoraAlpha { get; private set; }

    /// <summary>
    /// Freezes the vectors and trains two narrow matrices in their place, whose product is added to them: <c>vectors + a · b · loraAlpha / rank</c> (low-rank adaptation, Hu et al. 2021).
    /// Files in Keras's formats hold the sum, others the parts.
    /// </summary>
    /// <remarks><code>layer.EnableLora(rank: 4);   // model.Compile(…) and model.Fit(…) as usual</code></remarks>
    /// <param name="rank">Columns of the first matrix and rows of the second, at least 1.</param>
    /// <param name="loraAlpha">The strength of the change, times the rank; <paramref name="rank"/> by default.</param>
    /// <param name="aInitializer">How the first matrix is filled; <c>he_uniform</c> by default.</param>
    /// <param name="bInitializer">How the second matrix is filled; zeros by default, so that nothing changes at first.</param>
    /// <exception cref="KerasException">The layer is not built, adapted already, or its vectors have a constraint.</exception>
    public void EnableLora(long rank, double? loraAlpha = null, Initializer? aInitializer = null, Initializer? bInitializer = null)
    {
        AddLora(Vectors, rank, loraAlpha, aInitializer, bInitializer);
        (LoraRank, LoraAlpha) = (rank, loraAlpha ?? rank);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        base.Build(input);
        if (LoraRank is { } rank) EnableLora(rank, LoraAlpha);
    }
}
