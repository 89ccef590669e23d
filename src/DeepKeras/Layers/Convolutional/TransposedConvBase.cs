using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What <see cref="Conv1DTranspose"/> and <see cref="Conv3DTranspose"/> share.</summary>
/// <typeparam name="TSize">The extents of a window: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class TransposedConvBase<TSize> : ConvBase<TSize>
    where TSize : struct, ISpatialSize
{
    private readonly TransposedWindow[] _windows;
    private Weight? _kernel;

    private protected TransposedConvBase(
        long filters,
        TSize kernelSize,
        TSize strides,
        Padding padding,
        TSize? outputPadding,
        DataFormat dataFormat,
        TSize dilationRate,
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
        var extra = outputPadding?.ToArray();
        if (extra is not null && extra.Zip(strides.ToArray(), (e, stride) => e < 0 || e >= stride).Any(isOutside => isOutside)) throw Throw.OutputPadding(Where, outputPadding!.Value, strides);
        _windows = [.. Windows.Select((window, i) => new TransposedWindow(window, extra?[i]))];
        Filters = filters;
        Padding = padding;
        OutputPadding = outputPadding;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        KernelRegularizer = kernelRegularizer;
        KernelConstraint = kernelConstraint;
    }

    /// <summary>Number of output channels, at least 1.</summary>
    public long Filters { get; }

    /// <summary>How the border is treated.</summary>
    public Padding Padding { get; }

    /// <summary>Cells added after each axis, below its stride.</summary>
    public TSize? OutputPadding { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        _ = ChannelsOf(input, _kernel?.Shape[^1]);
        var (extents, _) = SpatialAxes.Read(this, input, DataFormat, _windows.Length);
        long?[] enlarged = [.. _windows.Zip(extents, (window, extent) => window.Extent(extent))];
        return enlarged.Any(e => e < 1) ? throw Throw.NothingLeft(this, "padding", Padding, input) : SpatialAxes.Write(input, DataFormat, enlarged, Filters);
    }

    /// <inheritdoc/>
    protected sealed override void Build(Shape input)
    {
        _kernel = AddKernel("kernel", Filters, ChannelsOf(input, null), KernelInitializer, KernelRegularizer, KernelConstraint);
        AddBias(Filters);
    }

    /// <inheritdoc/>
    private protected sealed override Tensor Convolve(Tensor native) => ConvolveTransposed(native, _kernel!.Native, Bias?.Native, _windows);
}
