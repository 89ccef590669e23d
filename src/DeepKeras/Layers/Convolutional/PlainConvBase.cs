using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What <see cref="Conv1D"/> and <see cref="Conv3D"/> share: filters that see all channels of their group.</summary>
/// <typeparam name="TSize">The extents of a window: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class PlainConvBase<TSize> : ConvBase<TSize>, IScalableLayer
    where TSize : struct, ISpatialSize
{
    private Weight? _kernel;

    private protected PlainConvBase(
        long filters,
        TSize kernelSize,
        TSize strides,
        SequencePadding padding,
        DataFormat dataFormat,
        TSize dilationRate,
        long groups,
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        Shape? inputShape,
        string? name)
        : base(kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (filters < 1) throw Throw.BadArgument(Where, nameof(filters), "a positive number", filters, "Give the number of output channels wanted.");
        if (groups < 1) throw Throw.BadArgument(Where, nameof(groups), "a positive number", groups, "Use 1 for an ordinary convolution.");
        if (filters % groups != 0) throw Throw.NotDivisibleByGroups(Where, nameof(filters), filters, groups);
        Filters = filters;
        Groups = groups;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        KernelRegularizer = kernelRegularizer;
        KernelConstraint = kernelConstraint;
    }

    /// <summary>Number of output channels, at least 1.</summary>
    public long Filters { get; }

    /// <summary>Into how many independent blocks channels and filters are split.</summary>
    public long Groups { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var channels = ChannelsOf(input, _kernel?.Shape[^2] * Groups);
        if (channels % Groups != 0) throw Throw.ChannelsNotDivisibleByGroups(this, Groups, input);
        return ConvolvedShape(input, Filters);
    }

    /// <inheritdoc/>
    protected sealed override void Build(Shape input)
    {
        _kernel = AddKernel("kernel", ChannelsOf(input, null) / Groups, Filters, KernelInitializer, KernelRegularizer, KernelConstraint);
        AddBias(Filters);
    }

    /// <inheritdoc/>
    private protected sealed override Tensor Convolve(Tensor native) => Convolve(native, _kernel!.Native, Bias?.Native, Groups);

    bool IScalableLayer.IsScalable => Activation.IsLinear;

    Tensor IScalableLayer.ScalableKernel => _kernel!.Native;

    Tensor? IScalableLayer.NativeBias => Bias?.Native;

    bool IScalableLayer.HasChannelsAt(int axis)
    {
        var rank = Windows.Length + 2;
        return (axis < 0 ? axis + rank : axis) == DataFormat.ChannelAxis(rank);
    }

    Tensor IScalableLayer.Run(Tensor input, Tensor kernel, Tensor bias, Func<Tensor, Tensor> finish) =>
        SpatialAxes.ToSurface(finish(Convolve(SpatialAxes.ToNative(input, DataFormat), kernel, bias, Groups)), DataFormat);
}
