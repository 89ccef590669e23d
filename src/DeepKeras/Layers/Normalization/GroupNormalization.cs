using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// Gives every group of channels of every sample mean 0 and variance 1, then <c>gamma · x + beta</c> per channel
/// (Keras: <c>keras.layers.GroupNormalization</c>; Wu and He, 2018).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged; gamma and beta have the extent of <c>axis</c>.
/// <code>var t = GroupNormalization(groups: 8)(t);   // groups: -1 is instance normalisation, groups: 1 takes all channels together</code>
/// </remarks>
public sealed class GroupNormalization : NormalizationLayer
{
    private ChannelsSecond _layout = null!;
    private long _groups;
    private long _channels;

    /// <summary>Creates the layer.</summary>
    /// <param name="groups">Number of groups, a divisor of the number of channels; 32 by default, −1 for as many as channels.</param>
    /// <param name="axis">The axis of the channels; −1, the last, by default.</param>
    /// <param name="epsilon">Added to the variance before the root; 0.001 by default.</param>
    /// <param name="center">Whether beta is added; true by default.</param>
    /// <param name="scale">Whether gamma is a factor; true by default.</param>
    /// <param name="betaInitializer">How beta is filled; zeros by default.</param>
    /// <param name="gammaInitializer">How gamma is filled; ones by default.</param>
    /// <param name="betaRegularizer">Penalty on beta.</param>
    /// <param name="gammaRegularizer">Penalty on gamma.</param>
    /// <param name="betaConstraint">Projection of beta after each step.</param>
    /// <param name="gammaConstraint">Projection of gamma after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="groups"/> is neither positive nor −1, or <paramref name="epsilon"/> is negative.</exception>
    public GroupNormalization(
        int groups = 32,
        int axis = -1,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, inputShape, name)
    {
        if (groups is < 1 and not -1) throw Throw.BadArgument(Where, nameof(groups), "a positive number or -1", groups, "Use -1 for as many groups as channels.");
        Groups = groups;
        Axis = axis;
    }

    /// <summary>Number of groups; −1 for as many as channels.</summary>
    public int Groups { get; }

    /// <summary>The axis of the channels.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var channels = ChannelsSecond.Channels(this, Axis, input);
        if (IsBuilt && (channels != _channels || _layout.Rank != input.Rank)) throw Throw.OtherShape(this, _channels, input);
        if (Groups > 0 && channels % Groups != 0) throw Throw.BadInput(this, $"channels that {Groups} groups divide evenly", input, "Choose a divisor of the number of channels as groups.");
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _channels = ChannelsSecond.Channels(this, Axis, input);
        _layout = new ChannelsSecond(Axis, input.Rank);
        _groups = Groups == -1 ? _channels : Groups;
        AddScaleAndShift(_channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var wide = IsNarrow(input.dtype) ? input.to(ScalarType.Float32) : input;
        var view = _layout.View(wide);
        // libtorch 2.10's channels-last kernel crashes where only some of the three gradients are wanted.
        if (view.requires_grad != IsTrained(Gamma) || view.requires_grad != IsTrained(Beta)) view = view.contiguous();
        // libtorch's kernel takes no shift without a scale.
        var normalised = torch.nn.functional.group_norm(view, _groups, Gamma?.Native, Gamma is null ? null : Beta?.Native, Epsilon);
        if (Gamma is null && Beta is not null) normalised = normalised.add(Beta.Native.reshape([-1, .. Enumerable.Repeat(1L, view.shape.Length - 2)]));
        var output = _layout.Restore(normalised);
        return ReferenceEquals(wide, input) ? output : output.to(input.dtype);
    }

    private static bool IsTrained(Weight? weight) => weight is { Value.requires_grad: true };
}
