using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <summary>One step of a convolutional LSTM: the gates of an <see cref="LSTMCell"/>, with convolutions in place of matrix products (Shi et al. 2015).</summary>
internal sealed class ConvLSTMCell : RecurrentCell, IRandomLayer
{
    private const int Gates = 4;
    private readonly int _axes;
    private readonly long[] _toNative;
    private readonly long[] _toSurface;
    private readonly SlidingWindow[] _windows;
    private readonly SlidingWindow[] _stateWindows;
    private readonly RandomStream _random;
    private Weight? _kernel;
    private Weight? _recurrentKernel;
    private Weight? _bias;

    public ConvLSTMCell(ConvLSTMOptions options)
        : base("conv_lstm_cell")
    {
        Options = options;
        _axes = options.KernelSize.Length;
        _toNative = [0, _axes + 1, .. Enumerable.Range(1, _axes)];
        _toSurface = [0, .. Enumerable.Range(2, _axes), 1];
        _windows = [.. options.KernelSize.Select((cells, i) => new SlidingWindow(cells, options.Strides[i], options.DilationRate[i], options.Padding.Mode, 0))];
        _stateWindows = [.. options.KernelSize.Select(cells => new SlidingWindow(cells, 1, 1, PaddingMode.Same, 0))];
        _random = new(options.Seed);
    }

    public ConvLSTMOptions Options { get; }

    RandomStream IRandomLayer.Random => _random;

    bool IRandomLayer.Draws => Options.Dropout > 0 || Options.RecurrentDropout > 0;

    private int ChannelAxis => Options.DataFormat.IsChannelsFirst ? 1 : _axes + 1;

    public override IReadOnlyList<Shape> StateShapes(Shape input)
    {
        var format = Options.DataFormat;
        if (input.Rank != _axes + 2) throw _axes == 2 ? Throw.NotAnImage(this, input, format) : Throw.NotSpatial(this, input, format, _axes + 2);
        if (input[ChannelAxis] is not { } channels) throw Throw.UnknownChannels(this, input, format);
        if (_kernel is { } kernel && kernel.Shape[_axes] != channels) throw Throw.WrongChannels(this, kernel.Shape[_axes]!.Value, input, format);
        long?[] positions = [.. _windows.Select((window, i) => window.Positions(input[(format.IsChannelsFirst ? 2 : 1) + i]))];
        if (positions.Any(p => p < 1)) throw Throw.WindowTooLarge(this, "kernel", _windows, input);
        Shape state = format.IsChannelsFirst ? new([input[0], Options.Filters, .. positions]) : new([input[0], .. positions, Options.Filters]);
        return [state, state];
    }

    public override (Tensor Output, IReadOnlyList<Tensor> States) Step(Tensor input, IReadOnlyList<Tensor> states, bool training) =>
        Begin(input.unsqueeze(1), training)(0, states);

    protected internal override CellStep Begin(Tensor sequence, bool training)
    {
        var inputs = Project(sequence, training).unbind(1);
        Tensor[]? masks = null;
        return (step, states) =>
        {
            if (training && Options.RecurrentDropout > 0) masks ??= StateDropout.Masks(Gates, states[0].shape, states[0], Options.RecurrentDropout, _random);
            var sums = inputs[step].add(Convolve(states[0], _recurrentKernel!.Native, null, _stateWindows, masks)).chunk(Gates, ChannelAxis);
            var (squash, activation) = (Options.RecurrentActivation.Function, Options.Activation.Function);
            var memory = squash(sums[1]).mul(states[1]).addcmul(squash(sums[0]), activation(sums[2]), 1);
            var output = squash(sums[3]).mul(activation(memory));
            return (output, [output, memory]);
        };
    }

    protected override void Build(Shape input)
    {
        int[] layout = [_axes + 1, _axes, .. Enumerable.Range(0, _axes)];
        Shape size = new(Options.KernelSize);
        _kernel = AddWeight("kernel", size.Append(input[ChannelAxis], Gates * Options.Filters), Options.KernelInitializer, regularizer: Options.KernelRegularizer, constraint: Options.KernelConstraint, layout: layout);
        _recurrentKernel = AddWeight("recurrent_kernel", size.Append(Options.Filters, Gates * Options.Filters), Options.RecurrentInitializer, regularizer: Options.RecurrentRegularizer, constraint: Options.RecurrentConstraint, layout: layout);
        var first = Options.UnitForgetBias ? new UnitForgetBias(Options.BiasInitializer) : Options.BiasInitializer;
        if (Options.UseBias) _bias = AddWeight("bias", new Shape(Gates * Options.Filters), first, regularizer: Options.BiasRegularizer, constraint: Options.BiasConstraint);
    }

    // The convolutions of all steps are one, over steps as samples.
    private Tensor Project(Tensor sequence, bool training)
    {
        var (batch, steps) = (sequence.shape[0], sequence.shape[1]);
        long[] cells = [.. sequence.shape[2..]];
        Tensor[]? masks = null;
        if (training && Options.Dropout > 0)
        {
            masks = StateDropout.Masks(Gates, [batch, 1, .. cells], sequence, Options.Dropout, _random);
            masks = [.. masks.Select(m => m.expand([batch, steps, .. cells]).reshape([batch * steps, .. cells]))];
        }
        var output = Convolve(sequence.reshape([batch * steps, .. cells]), _kernel!.Native, _bias?.Native, _windows, masks);
        return output.reshape([batch, steps, .. output.shape[1..]]);
    }

    /// <summary>A convolution from surface to surface; each gate with its own mask of the input where there are masks.</summary>
    private Tensor Convolve(Tensor surface, Tensor kernel, Tensor? bias, SlidingWindow[] windows, Tensor[]? masks)
    {
        if (masks is null) return Convolve(surface, kernel, bias, windows);
        var kernels = kernel.chunk(Gates, 0);
        var biases = bias?.chunk(Gates, 0);
        return torch.cat([.. masks.Select((mask, i) => Convolve(surface.mul(mask), kernels[i], biases?[i], windows))], ChannelAxis);
    }

    private Tensor Convolve(Tensor surface, Tensor kernel, Tensor? bias, SlidingWindow[] windows)
    {
        var native = Options.DataFormat.IsChannelsFirst ? surface : surface.permute(_toNative);
        var (padding, border, isSymmetric) = (new long[_axes], new long[2 * _axes], true);
        for (var i = 0; i < _axes; i++)
        {
            var total = windows[i].Mode == PaddingMode.Same ? windows[i].SameTotal(native.size(i + 2)) : 0;
            isSymmetric &= total % 2 == 0;
            padding[i] = total / 2;
            // torch's pad counts axes from the last.
            (border[2 * (_axes - 1 - i)], border[(2 * (_axes - 1 - i)) + 1]) = (total / 2, total - (total / 2));
        }
        if (!isSymmetric)
        {
            native = torch.nn.functional.pad(native, border);
            padding = new long[_axes];
        }
        long[] strides = [.. windows.Select(w => w.Stride)];
        long[] dilation = [.. windows.Select(w => w.Dilation)];
        var output = _axes == 2
            ? torch.nn.functional.conv2d(native, kernel, bias, strides, padding, dilation, 1)
            : SpatialConvolution.Forward(native, kernel, bias, strides, padding, dilation, 1);
        return Options.DataFormat.IsChannelsFirst ? output : output.permute(_toSurface);
    }
}
