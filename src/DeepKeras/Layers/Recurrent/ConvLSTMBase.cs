using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What <see cref="ConvLSTM1D"/>, <see cref="ConvLSTM2D"/> and <see cref="ConvLSTM3D"/> share.</summary>
/// <typeparam name="TSize">The extents of a window.</typeparam>
public abstract class ConvLSTMBase<TSize> : RecurrentLayer
    where TSize : struct, ISpatialSize
{
    private protected ConvLSTMBase(
        long filters,
        TSize kernelSize,
        TSize strides,
        Padding padding,
        DataFormat dataFormat,
        TSize dilationRate,
        ActivationFunction? activation,
        ActivationFunction? recurrentActivation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? recurrentInitializer,
        Initializer? biasInitializer,
        bool unitForgetBias,
        Regularizer? kernelRegularizer,
        Regularizer? recurrentRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? recurrentConstraint,
        Constraint? biasConstraint,
        double dropout,
        double recurrentDropout,
        int? seed,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool zeroOutputForMask,
        Shape? inputShape,
        string? name)
        : base(
            new ConvLSTMCell(new(
                filters, kernelSize.ToArray(), strides.ToArray(), padding, dataFormat, dilationRate.ToArray(), activation ?? "tanh", recurrentActivation ?? "sigmoid", useBias,
                kernelInitializer ?? new GlorotUniform(), recurrentInitializer ?? new Orthogonal(), biasInitializer ?? new Zeros(), unitForgetBias,
                kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed)),
            returnSequences, returnState, goBackwards, stateful, false, zeroOutputForMask, activityRegularizer, inputShape, name)
    {
        if (filters < 1) throw Throw.BadArgument(Where, nameof(filters), "a positive number", filters, "Give the number of output channels wanted.");
        KernelSize = kernelSize;
        Strides = strides;
        DilationRate = dilationRate;
        CheckPositive(KernelSize, nameof(kernelSize));
        CheckPositive(Strides, nameof(strides));
        CheckPositive(DilationRate, nameof(dilationRate));
        if (padding.Mode is PaddingMode.Explicit or PaddingMode.Ceil) throw Throw.NumberedBorder(Where, padding, KernelSize, "\"valid\" or \"same\"");
        if (strides.ToArray().Max() > 1 && dilationRate.ToArray().Max() > 1) throw Throw.StridesWithDilation(Where, Strides, DilationRate);
        StateDropout.Check(Where, nameof(dropout), dropout);
        StateDropout.Check(Where, nameof(recurrentDropout), recurrentDropout);
    }

    /// <summary>Extents of the window.</summary>
    public TSize KernelSize { get; }

    /// <summary>Cells from one window of the input to the next.</summary>
    public TSize Strides { get; }

    /// <summary>Distance between neighbouring cells of the input's window.</summary>
    public TSize DilationRate { get; }

    /// <summary>Number of output channels.</summary>
    public long Filters => Options.Filters;

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat => Options.DataFormat;

    /// <summary>How the edges of the input are treated; the state always keeps its extents.</summary>
    public Padding Padding => Options.Padding;

    /// <summary>Function of what is written into the memory and read from it.</summary>
    public ActivationFunction Activation => Options.Activation;

    /// <summary>Function of the gates.</summary>
    public ActivationFunction RecurrentActivation => Options.RecurrentActivation;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias => Options.UseBias;

    /// <summary>How the kernel of the input is filled.</summary>
    public Initializer KernelInitializer => Options.KernelInitializer;

    /// <summary>How the kernel of the state is filled.</summary>
    public Initializer RecurrentInitializer => Options.RecurrentInitializer;

    /// <summary>How the bias is filled.</summary>
    public Initializer BiasInitializer => Options.BiasInitializer;

    /// <summary>Whether the forget gate's bias starts with ones.</summary>
    public bool UnitForgetBias => Options.UnitForgetBias;

    /// <summary>Penalty on the kernel of the input.</summary>
    public Regularizer? KernelRegularizer => Options.KernelRegularizer;

    /// <summary>Penalty on the kernel of the state.</summary>
    public Regularizer? RecurrentRegularizer => Options.RecurrentRegularizer;

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer => Options.BiasRegularizer;

    /// <summary>Projection of the kernel of the input after each step of the optimizer.</summary>
    public Constraint? KernelConstraint => Options.KernelConstraint;

    /// <summary>Projection of the kernel of the state after each step of the optimizer.</summary>
    public Constraint? RecurrentConstraint => Options.RecurrentConstraint;

    /// <summary>Projection of the bias after each step of the optimizer.</summary>
    public Constraint? BiasConstraint => Options.BiasConstraint;

    /// <summary>The share of the input that training drops.</summary>
    public double Dropout => Options.Dropout;

    /// <summary>The share of the state that training drops.</summary>
    public double RecurrentDropout => Options.RecurrentDropout;

    /// <summary>The seed of the dropout's own random numbers.</summary>
    public int? Seed => Options.Seed;

    private ConvLSTMOptions Options => ((ConvLSTMCell)Cell).Options;

    /// <inheritdoc/>
    protected sealed override void Build(IReadOnlyList<Shape> inputs)
    {
        // The element types of a layer that was read from a file are set after its constructor.
        Cell.DtypePolicy = DtypePolicy;
        base.Build(inputs);
    }

    private void CheckPositive(TSize size, string argument)
    {
        if (size.ToArray().Min() < 1) throw Throw.BadArgument(Where, argument, "positive in every direction", size, $"Write for example {argument}: 1.");
    }
}
