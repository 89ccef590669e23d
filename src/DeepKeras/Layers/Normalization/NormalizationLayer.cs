using System.Globalization;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What the normalisations with a learnt scale and shift share: the settings and weights of gamma and beta.</summary>
public abstract class NormalizationLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    private protected NormalizationLayer(
        double epsilon,
        bool center,
        bool scale,
        Initializer? betaInitializer,
        Initializer? gammaInitializer,
        Regularizer? betaRegularizer,
        Regularizer? gammaRegularizer,
        Constraint? betaConstraint,
        Constraint? gammaConstraint,
        Shape? inputShape,
        string? name)
        : base(inputShape, name)
    {
        if (!(epsilon >= 0)) throw Throw.BadArgument(Where, nameof(epsilon), "a number that is not negative", epsilon.ToString(CultureInfo.InvariantCulture), "The usual value is 0.001.");
        Epsilon = epsilon;
        Center = center;
        Scale = scale;
        BetaInitializer = betaInitializer ?? new Zeros();
        GammaInitializer = gammaInitializer ?? new Ones();
        BetaRegularizer = betaRegularizer;
        GammaRegularizer = gammaRegularizer;
        BetaConstraint = betaConstraint;
        GammaConstraint = gammaConstraint;
    }

    /// <summary>Added to the variance before the root.</summary>
    public double Epsilon { get; }

    /// <summary>Whether beta is added.</summary>
    public bool Center { get; }

    /// <summary>Whether gamma is a factor.</summary>
    public bool Scale { get; }

    /// <summary>How beta is filled.</summary>
    public Initializer BetaInitializer { get; }

    /// <summary>How gamma is filled.</summary>
    public Initializer GammaInitializer { get; }

    /// <summary>Penalty on beta.</summary>
    public Regularizer? BetaRegularizer { get; }

    /// <summary>Penalty on gamma.</summary>
    public Regularizer? GammaRegularizer { get; }

    /// <summary>Projection of beta after each step.</summary>
    public Constraint? BetaConstraint { get; }

    /// <summary>Projection of gamma after each step.</summary>
    public Constraint? GammaConstraint { get; }

    private protected Weight? Gamma { get; private set; }

    private protected Weight? Beta { get; private set; }

    private protected void AddScaleAndShift(Shape shape) => AddScaleAndShift(shape, Scale, Center);

    private protected void AddScaleAndShift(Shape shape, bool scale, bool center)
    {
        if (scale) Gamma = AddWeight("gamma", shape, GammaInitializer, regularizer: GammaRegularizer, constraint: GammaConstraint);
        if (center) Beta = AddWeight("beta", shape, BetaInitializer, regularizer: BetaRegularizer, constraint: BetaConstraint);
    }

    /// <summary>Whether the element type is too narrow for sums of squares; the layer then computes in float32, as Keras does.</summary>
    private protected static bool IsNarrow(ScalarType dtype) => dtype is ScalarType.Float16 or ScalarType.BFloat16;
}
