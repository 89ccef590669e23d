using System.Globalization;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// Gives every channel mean 0 and variance 1 over the batch, then <c>gamma · x + beta</c>
/// (Keras: <c>keras.layers.BatchNormalization</c>; Ioffe and Szegedy, 2015).
/// </summary>
/// <remarks>
/// In training the batch's own mean and variance are used, and the moving ones follow:
/// <c>moving = moving · momentum + batch · (1 − momentum)</c>, with the variance of the batch divided by n (not n − 1).
/// Otherwise, and whenever the layer is frozen, the moving ones are used and stay as they are. Steps that a mask leaves out count for neither.
/// <para><b>Shapes</b> unchanged; gamma, beta, moving_mean and moving_variance have the extent of <c>axis</c>.</para>
/// <code>var t = Activation("relu")(BatchNormalization()(Conv2D(16, 3, useBias: false)(t)));</code>
/// </remarks>
public sealed class BatchNormalization : NormalizationLayer, IInPlaceFinish, IMaskConsumer
{
    // Keras's guard against a batch in which no step counts (backend.epsilon).
    private const double MaskedEpsilon = 1e-7;
    private Weight? _movingMean;
    private Weight? _movingVariance;
    private ChannelsSecond _layout = null!;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis of the channels; −1, the last, by default. Use 1 behind layers with dataFormat "channels_first".</param>
    /// <param name="momentum">How much of the moving mean and variance each step keeps, 0 to 1; 0.99 by default.</param>
    /// <param name="epsilon">Added to the variance before the root; 0.001 by default.</param>
    /// <param name="center">Whether beta is added; true by default.</param>
    /// <param name="scale">Whether gamma is a factor; true by default.</param>
    /// <param name="betaInitializer">How beta is filled; zeros by default.</param>
    /// <param name="gammaInitializer">How gamma is filled; ones by default.</param>
    /// <param name="movingMeanInitializer">How the moving mean starts; zeros by default.</param>
    /// <param name="movingVarianceInitializer">How the moving variance starts; ones by default.</param>
    /// <param name="betaRegularizer">Penalty on beta.</param>
    /// <param name="gammaRegularizer">Penalty on gamma.</param>
    /// <param name="betaConstraint">Projection of beta after each step.</param>
    /// <param name="gammaConstraint">Projection of gamma after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="momentum"/> is not within 0 … 1, or <paramref name="epsilon"/> is negative.</exception>
    public BatchNormalization(
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, inputShape, name)
    {
        if (!(momentum >= 0 && momentum <= 1)) throw Throw.BadArgument(Where, nameof(momentum), "between 0 and 1", momentum.ToString(CultureInfo.InvariantCulture), "It is the share that is kept: Keras's 0.99 is torch's 0.01.");
        Axis = axis;
        Momentum = momentum;
        MovingMeanInitializer = movingMeanInitializer ?? new Zeros();
        MovingVarianceInitializer = movingVarianceInitializer ?? new Ones();
    }

    /// <summary>The axis of the channels.</summary>
    public int Axis { get; }

    /// <summary>How much of the moving mean and variance each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>How the moving mean starts.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>How the moving variance starts.</summary>
    public Initializer MovingVarianceInitializer { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var channels = ChannelsSecond.Channels(this, Axis, input);
        if (_movingMean is { } built && (built.Shape[0] != channels || _layout.Rank != input.Rank)) throw Throw.OtherShape(this, built.Shape, input);
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var channels = ChannelsSecond.Channels(this, Axis, input);
        _layout = new ChannelsSecond(Axis, input.Rank);
        AddScaleAndShift(channels);
        _movingMean = AddWeight("moving_mean", channels, MovingMeanInitializer, trainable: false);
        _movingVariance = AddWeight("moving_variance", channels, MovingVarianceInitializer, trainable: false);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => _layout.Restore(Normalise(input, training));

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) =>
        [training && Trainable ? FromMaskedBatch(inputs[0], masks[0]!) : Forward(inputs[0], training)];

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => true;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => _layout.Restore(finish(Normalise(inputs[0], training)));

    /// <summary>What the layer multiplies by and then adds to each channel in inference, as float32 (or wider) vectors.</summary>
    internal (Tensor Factor, Tensor Summand) InferenceAffine()
    {
        var factor = _movingVariance!.Native.add(Epsilon).rsqrt();
        if (Gamma is not null) factor = factor.mul(Gamma.Native);
        var summand = _movingMean!.Native.mul(factor).neg();
        return (factor, Beta is null ? summand : summand.add(Beta.Native));
    }

    private Tensor Normalise(Tensor input, bool training)
    {
        var wide = IsNarrow(input.dtype) ? input.to(ScalarType.Float32) : input;
        var x = _layout.View(wide);
        var normalised = training && Trainable ? FromBatch(x) : torch.nn.functional.batch_norm(
            x, _movingMean!.Native, _movingVariance!.Native, Gamma?.Native, Beta?.Native, false, 1 - Momentum, Epsilon);
        return ReferenceEquals(wide, input) ? normalised : normalised.to(input.dtype);
    }

    private Tensor FromBatch(Tensor x)
    {
        var shape = x.shape;
        var channels = shape[1];
        var count = 1L;
        foreach (var extent in shape) count *= extent;
        count /= channels;
        if (count < 2) return FromOneValue(x);

        // torch moves its running statistics by the factor 1 − momentum, and takes the variance divided by count − 1. Starting from
        // variance · count / (count − 1) and scaling the result back by (count − 1) / count gives Keras's variance, divided by count:
        // (m · v · r + (1 − m) · u) / r = m · v + (1 − m) · u / r with r = count / (count − 1). The copies are torch's to keep
        // for the gradient, so the weights themselves may change before it is asked for.
        var ratio = count / (count - 1.0);
        var mean = _movingMean!.Native.clone();
        var variance = _movingVariance!.Native.mul(ratio);
        var normalised = torch.nn.functional.batch_norm(x, mean, variance, Gamma?.Native, Beta?.Native, true, 1 - Momentum, Epsilon);
        _movingMean.Native.copy_(mean);
        _movingVariance.Native.copy_(variance.div(ratio));
        MarkMoved();
        return normalised;
    }

    /// <summary>One value per channel, which torch refuses: the mean is the value, the variance 0, and so the result beta.</summary>
    private Tensor FromOneValue(Tensor x)
    {
        var mean = x.mean([0L]).flatten();
        using (torch.no_grad())
        {
            _movingMean!.Native.mul_(Momentum).add_(mean.detach().mul(1 - Momentum));
            _movingVariance!.Native.mul_(Momentum);
            MarkMoved();
        }
        long[] perChannel = new long[x.ndim];
        Array.Fill(perChannel, 1);
        perChannel[1] = -1;
        var normalised = x.sub(mean.view(perChannel)).mul(1 / Math.Sqrt(Epsilon));
        if (Gamma is not null) normalised = normalised.mul(Gamma.Native.view(perChannel));
        return Beta is null ? normalised : normalised.add(Beta.Native.view(perChannel));
    }

    /// <summary>The mean and variance of the steps that count, by Keras's formula; the steps that do not are normalised with them all the same.</summary>
    private Tensor FromMaskedBatch(Tensor input, Tensor mask)
    {
        if (mask.ndim != input.ndim - 1) throw Throw.MaskShape(this, Shape.Of(input), Shape.Of(mask));
        var x = IsNarrow(input.dtype) ? input.to(ScalarType.Float32) : input;
        var axis = Axis < 0 ? Axis + x.ndim : Axis;
        long[] others = [.. Enumerable.Range(0, (int)x.ndim).Where(a => a != axis)];
        var counts = mask.to_type(ScalarType.Bool).unsqueeze(-1).expand(x.shape);
        var left = counts.logical_not();
        var total = counts.to_type(x.dtype).sum(others, true).add(MaskedEpsilon);
        var mean = x.masked_fill(left, 0).sum(others, true).div(total);
        var distance = x.sub(mean);
        var variance = distance.masked_fill(left, 0).square().sum(others, true).div(total);
        using (torch.no_grad())
        {
            _movingMean!.Native.mul_(Momentum).add_(mean.detach().flatten().mul(1 - Momentum));
            _movingVariance!.Native.mul_(Momentum).add_(variance.detach().flatten().mul(1 - Momentum));
            MarkMoved();
        }
        var normalised = distance.mul(variance.add(Epsilon).rsqrt());
        if (Gamma is not null) normalised = normalised.mul(Gamma.Native.view(mean.shape));
        if (Beta is not null) normalised = normalised.add(Beta.Native.view(mean.shape));
        return ReferenceEquals(x, input) ? normalised : normalised.to(input.dtype);
    }

    private void MarkMoved()
    {
        _movingMean!.MarkChanged();
        _movingVariance!.MarkChanged();
    }
}
