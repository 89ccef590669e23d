using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

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
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis; the ids are then taken as 64-bit integers.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A dimension is not positive.</exception>
    public Embedding(
        long inputDim,
        long outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        Shape? inputShape = null,
        string? name = null)
        : base(inputDim, outputDim, embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint, maskZero, inputShape, name)
    {
    }
}
