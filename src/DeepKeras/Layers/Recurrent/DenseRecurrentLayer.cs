using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What <see cref="SimpleRNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share: the settings of their cell.</summary>
public abstract class DenseRecurrentLayer : RecurrentLayer
{
    private readonly DenseRecurrentCell _cell;

    private protected DenseRecurrentLayer(
        DenseRecurrentCell cell,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        CudnnUse useCudnn,
        Regularizer? activityRegularizer,
        Shape? inputShape,
        string? name)
        : base(cell, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, activityRegularizer, inputShape, name)
    {
        _cell = cell;
        if (useCudnn.Wanted == true && (unroll ? "unroll: true" : cell.KernelObstacle) is { } obstacle) throw Throw.NoSequenceKernel(Where, obstacle);
        cell.UseCudnn = useCudnn;
    }

    /// <summary>Number of outputs.</summary>
    public long Units => _cell.Units;

    /// <summary>Function applied to what is added to the state.</summary>
    public ActivationFunction Activation => _cell.Activation;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias => _cell.UseBias;

    /// <summary>How the kernel of the input is filled.</summary>
    public Initializer KernelInitializer => _cell.KernelInitializer;

    /// <summary>How the kernel of the state is filled.</summary>
    public Initializer RecurrentInitializer => _cell.RecurrentInitializer;

    /// <summary>How the bias is filled.</summary>
    public Initializer BiasInitializer => _cell.BiasInitializer;

    /// <summary>Penalty on the kernel of the input.</summary>
    public Regularizer? KernelRegularizer => _cell.KernelRegularizer;

    /// <summary>Penalty on the kernel of the state.</summary>
    public Regularizer? RecurrentRegularizer => _cell.RecurrentRegularizer;

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer => _cell.BiasRegularizer;

    /// <summary>Projection of the kernel of the input after each step of the optimizer.</summary>
    public Constraint? KernelConstraint => _cell.KernelConstraint;

    /// <summary>Projection of the kernel of the state after each step of the optimizer.</summary>
    public Constraint? RecurrentConstraint => _cell.RecurrentConstraint;

    /// <summary>Projection of the bias after each step of the optimizer.</summary>
    public Constraint? BiasConstraint => _cell.BiasConstraint;

    /// <summary>The share of the input that training drops.</summary>
    public double Dropout => _cell.Dropout;

    /// <summary>The share of the state that training drops.</summary>
    public double RecurrentDropout => _cell.RecurrentDropout;

    /// <summary>The seed of the dropout's own random numbers.</summary>
    public int? Seed => _cell.Seed;

    /// <inheritdoc/>
    protected sealed override void Build(IReadOnlyList<Shape> inputs)
    {
        // The element types of a layer that was read from a file are set after its constructor.
        Cell.DtypePolicy = DtypePolicy;
        base.Build(inputs);
    }
}
