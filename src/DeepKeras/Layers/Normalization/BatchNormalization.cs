using System.Globalization;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Gives every channel mean 0 and variance 1 over the batch, then <c>gamma · x + beta</c>
/// (Keras: <c>keras.layers.BatchNormalization</c>; Ioffe and Szegedy, 2015).
/// </summary>
/// <remarks>
/// In training the batch's own mean and variance are used, and the moving ones follow:
/// <c>moving = moving · momentum + batch · (1 − momentum)</c>, with the variance of the batch divided by n (not n − 1).
/// Otherwise, and whenever the layer is frozen, the moving ones are used and stay as they are. Steps that a mask leaves out count for neither.
/// With <c>renorm</c> training adds <c>x · r + d</c> before gamma, which takes the batch's statistics to slowly moving ones, so that training and inference agree even in small batches.
/// <para><b>Shapes</b> unchanged; gamma, beta, moving_mean and moving_variance (with renorm also moving_stddev, renorm_mean and renorm_stddev) have the extent of <c>axis</c>.</para>
/// <code>var t = Activation("relu")(BatchNormalization()(Conv2D(16, 3, useBias: false)(t)));</code>
/// </remarks>
public sealed class BatchNormalization : NormalizationLayer, IInPlaceFinish, IMaskConsumer
{
    private Weight? _movingMean;
    private Weight? _movingVariance;
    private BatchRenormalization? _renorm;
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
    /// <param name="renorm">Whether training corrects towards its own slower statistics, for small batches (Ioffe, 2017); false by default.</param>
    /// <param name="renormClipping">Bounds of the correction by the names <c>rmin</c>, <c>rmax</c> and <c>dmax</c>; those that are missing do not bound.</param>
    /// <param name="renormMomentum">How much of its statistics the correction keeps at each step, 0 to 1; 0.99 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A momentum is not within 0 … 1, <paramref name="epsilon"/> is negative, or a bound of the correction is unknown or leaves nothing.</exception>
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
        [LaterKeras] bool renorm = false,
        [LaterKeras] IReadOnlyDictionary<string, double>? renormClipping = null,
        [LaterKeras] double renormMomentum = 0.99,
        Shape? inputShape = null,
        string? name = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, inputShape, name)
    {
        CheckMomentum(nameof(momentum), momentum);
        CheckMomentum(nameof(renormMomentum), renormMomentum);
        if (renorm) BatchRenormalization.CheckClipping(Where, renormClipping);
        Axis = axis;
        Momentum = momentum;
        MovingMeanInitializer = movingMeanInitializer ?? new Zeros();
        MovingVarianceInitializer = movingVarianceInitializer ?? new Ones();
        Renorm = renorm;
        RenormClipping = renormClipping;
        RenormMomentum = renormMomentum;
    }

    /// <summary>The axis of the channels.</summary>
    public int Axis { get; }

    /// <summary>How much of the moving mean and variance each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>How the moving mean starts.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>How the moving variance starts.</summary>
    public Initializer MovingVarianceInitializer { get; }

    /// <summary>Whether training corrects towards its own slower statistics.</summary>
    public bool Renorm { get; }

    /// <summary>Bounds of the correction.</summary>
    public IReadOnlyDictionary<string, double>? RenormClipping { get; }

    /// <summary>How much of its statistics the correction keeps at each step.</summary>
    public double RenormMomentum { get; }

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
        if (!Renorm) return;
        var deviation = new SquareRoot(MovingVarianceInitializer);
        _renorm = new BatchRenormalization(
            this,
            AddWeight("moving_stddev", channels, deviation, trainable: false),
            AddWeight("renorm_mean", channels, MovingMeanInitializer, trainable: false),
            AddWeight("renorm_stddev", channels, deviation, trainable: false));
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => _layout.Restore(Normalise(input, training));

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) =>
        [_layout.Restore(Normalise(inputs[0], training, masks[0]))];

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

    private Tensor Normalise(Tensor input, bool training, Tensor? mask = null)
    {
        var wide = IsNarrow(input.dtype) ? input.to(ScalarType.Float32) : input;
        var x = _layout.View(wide);
        var normalised = training && Trainable ? FromBatch(x, mask is null ? null : Counted(wide, mask)) : torch.nn.functional.batch_norm(
            x, _movingMean!.Native, _movingVariance!.Native, Gamma?.Native, Beta?.Native, false, 1 - Momentum, Epsilon);
        return ReferenceEquals(wide, input) ? normalised : normalised.to(input.dtype);
    }

    /// <summary>Which elements count, in the layout of torch's normalisation.</summary>
    private Tensor Counted(Tensor input, Tensor mask)
    {
        if (mask.ndim != input.ndim - 1) throw Throw.MaskShape(this, Shape.Of(input), Shape.Of(mask));
        return _layout.View(mask.to_type(ScalarType.Bool).unsqueeze(-1).expand(input.shape));
    }

    private Tensor FromBatch(Tensor x, Tensor? counted)
    {
        var count = x.numel() / x.shape[1];
        // Torch refuses a single value per channel; its mean is the value and its variance 0.
        return counted is null && count > 1 && _renorm is null ? ByTorch(x, count) : ByMoments(x, BatchMoments.Of(x, counted));
    }

    private Tensor ByTorch(Tensor x, long count)
    {
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

    private Tensor ByMoments(Tensor x, BatchMoments batch)
    {
        var normalised = x.sub(batch.Mean).mul(batch.Variance.add(Epsilon).rsqrt());
        if (_renorm is not null) normalised = _renorm.Correct(normalised, batch);
        using (torch.no_grad())
        {
            _movingMean!.Native.mul_(Momentum).add_(batch.Mean.detach().flatten().mul(1 - Momentum));
            if (_renorm is null) _movingVariance!.Native.mul_(Momentum).add_(batch.Variance.detach().flatten().mul(1 - Momentum));
            else _movingVariance!.Native.copy_(_renorm.Move(batch));
            MarkMoved();
        }
        if (Gamma is not null) normalised = normalised.mul(Gamma.Native.view(batch.Mean.shape));
        return Beta is null ? normalised : normalised.add(Beta.Native.view(batch.Mean.shape));
    }

    private void CheckMomentum(string parameter, double momentum)
    {
        if (!(momentum >= 0 && momentum <= 1)) throw Throw.BadArgument(Where, parameter, "between 0 and 1", momentum.ToString(CultureInfo.InvariantCulture), "It is the share that is kept: Keras's 0.99 is torch's 0.01.");
    }

    private void MarkMoved()
    {
        _movingMean!.MarkChanged();
        _movingVariance!.MarkChanged();
    }

    /// <summary>A deviation starts where its variance does.</summary>
    private sealed class SquareRoot(Initializer variance) : Initializer
    {
        public override Tensor Create(long[] shape, ScalarType dtype)
        {
            using var values = variance.Create(shape, dtype);
            return values.sqrt();
        }
    }
}
