using System.Runtime.InteropServices;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What the layers with a row of numbers for each id share.</summary>
public abstract class EmbeddingBase : Layer, IMaskProducer
{
    // The whole numbers that a float32 tells apart end here.
    private const long LargestExact = 1L << 24;

    private protected EmbeddingBase(
        long inputDim,
        long outputDim,
        Initializer? embeddingsInitializer,
        Regularizer? embeddingsRegularizer,
        Constraint? embeddingsConstraint,
        bool maskZero,
        Shape? inputShape,
        string? name)
        : base(inputShape, name)
    {
        if (inputDim < 1) throw Throw.BadArgument(Where, nameof(inputDim), "a positive number", inputDim, "Give the number of different ids: the largest one plus 1.");
        if (outputDim < 1) throw Throw.BadArgument(Where, nameof(outputDim), "a positive number", outputDim, "Give the length of the vector that stands for an id.");
        InputDim = inputDim;
        OutputDim = outputDim;
        EmbeddingsInitializer = embeddingsInitializer ?? new RandomUniform();
        EmbeddingsRegularizer = embeddingsRegularizer;
        EmbeddingsConstraint = embeddingsConstraint;
        MaskZero = maskZero;
    }

    /// <summary>How many ids there are.</summary>
    public long InputDim { get; }

    /// <summary>Length of the vector that stands for an id.</summary>
    public long OutputDim { get; }

    /// <summary>How the vectors are filled.</summary>
    public Initializer EmbeddingsInitializer { get; }

    /// <summary>Penalty on the vectors.</summary>
    public Regularizer? EmbeddingsRegularizer { get; }

    /// <summary>Projection of the vectors after each step.</summary>
    public Constraint? EmbeddingsConstraint { get; }

    /// <summary>Whether id 0 stands for a step that does not count.</summary>
    public bool MaskZero { get; }

    /// <summary>The vectors, <c>(inputDim, outputDim)</c>.</summary>
    private protected Weight? Vectors { get; private set; }

    /// <inheritdoc/>
    internal override ScalarType? InputType => ScalarType.Int64;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.Append(OutputDim);

    /// <inheritdoc/>
    protected override void Build(Shape input) =>
        Vectors = AddWeight("embeddings", new Shape(InputDim, OutputDim), EmbeddingsInitializer, regularizer: EmbeddingsRegularizer, constraint: EmbeddingsConstraint);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (input.dtype is ScalarType.Float32 && InputDim > LargestExact) throw Throw.InexactIds(this, InputDim);
        var ids = input.dtype is ScalarType.Int32 or ScalarType.Int64 ? input : input.to_type(ScalarType.Int64);
        var shape = ids.shape;
        try
        {
            var flat = shape.Length == 1 ? ids : ids.reshape(-1);
            var rows = Vectors!.Native.index_select(0, flat);
            if (Vectors.Change is { } change) rows = change.AddToRows(rows, flat);
            return shape.Length == 1 ? rows : rows.view([.. shape, OutputDim]);
        }
        catch (ExternalException failure)
        {
            // Looking through the ids beforehand would cost every batch; torch has looked.
            throw Throw.IdOutOfRange(this, ids, InputDim) ?? (Exception)Throw.ForwardFailed(this, Shape.Of(input).ToString(), failure);
        }
    }

    /// <inheritdoc/>
    public bool ProducesMask(IReadOnlyList<bool> inputs) => MaskZero;

    /// <inheritdoc/>
    public Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => inputs[0].ne(0);
}
