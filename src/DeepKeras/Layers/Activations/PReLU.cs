using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>The rectifier with a learnt slope: x for x ≥ 0, <c>alpha · x</c> below (Keras: <c>keras.layers.PReLU</c>; He et al., 2015).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged; alpha has the sample's shape, with extent 1 along shared axes.
/// <code>var t = PReLU(sharedAxes: [1, 2])(Conv2D(8, 3)(t));   // one slope per channel</code>
/// </remarks>
public sealed class PReLU : Layer
{
    private Weight? _alpha;

    /// <summary>Creates the layer.</summary>
    /// <param name="alphaInitializer">How the slopes are filled; zeros by default.</param>
    /// <param name="alphaRegularizer">Penalty on the slopes.</param>
    /// <param name="alphaConstraint">Projection of the slopes after each step.</param>
    /// <param name="sharedAxes">Axes along which a slope is shared, the batch being axis 0; none by default. For images [1, 2].</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        Axes? sharedAxes = null,
        Shape? inputShape = null,
        string? name = null)
        : base(inputShape, name)
    {
        AlphaInitializer = alphaInitializer ?? new Zeros();
        AlphaRegularizer = alphaRegularizer;
        AlphaConstraint = alphaConstraint;
        SharedAxes = sharedAxes;
    }

    /// <summary>How the slopes are filled.</summary>
    public Initializer AlphaInitializer { get; }

    /// <summary>Penalty on the slopes.</summary>
    public Regularizer? AlphaRegularizer { get; }

    /// <summary>Projection of the slopes after each step.</summary>
    public Constraint? AlphaConstraint { get; }

    /// <summary>Axes along which a slope is shared.</summary>
    public Axes? SharedAxes { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var slopes = SlopeShape(input);
        if (_alpha is not null && _alpha.Shape != slopes) throw Throw.OtherShape(this, _alpha.Shape, input);
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input) =>
        _alpha = AddWeight("alpha", SlopeShape(input), AlphaInitializer, regularizer: AlphaRegularizer, constraint: AlphaConstraint);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) =>
        torch.where(input.gt(0), input, input.mul(_alpha!.Native));

    private Shape SlopeShape(Shape input)
    {
        var slopes = input[1..];
        if (SharedAxes is not null)
        {
            if (!SharedAxes.TryResolve(input.Rank, out var axes) || axes[0] == 0) throw Throw.NoSuchAxis(this, SharedAxes, input);
            foreach (var axis in axes) slopes = slopes.With(axis - 1, 1);
        }
        return slopes.IsFullyKnown ? slopes : throw Throw.BadInput(this, "known extents along every axis whose slopes are not shared", input, "Add the free axes to sharedAxes, for images sharedAxes: [1, 2].");
    }
}
