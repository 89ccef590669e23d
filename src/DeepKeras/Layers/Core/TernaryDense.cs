using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A densely connected layer whose kernel counts as −1, 0 or 1 only: <c>activation(β · input · ternary(kernel) + bias)</c>
/// (Keras: <c>keras.layers.TernaryDense</c>; Ma et al. 2024, "The Era of 1-bit LLMs", section 3.1).
/// </summary>
/// <remarks>
/// <c>ternary(k)</c> is the sign of <c>k</c> where <c>|k| &gt; threshold</c>, else 0. Without a threshold it is half the mean of <c>|kernel|</c>, and β is that mean; with one β is 1.
/// The gradient goes through <c>ternary</c> as if it were not there (a straight-through estimator), so that the floating numbers behind it learn.
/// <para><b>Shapes</b> <c>(N, …, in) → (N, …, units)</c>; kernel <c>(in, units)</c>, bias <c>(units)</c>.</para>
/// <code>var t = TernaryDense(64, activation: "relu")(Input(784));</code>
/// </remarks>
public sealed class TernaryDense : Layer
{
    private readonly Func<Tensor, Tensor>? _activation;
    private Weight? _kernel;
    private Weight? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="threshold">The magnitude above which a number of the kernel counts, at least 0; half the mean magnitude by default.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernel after each step.</param>
    /// <param name="biasConstraint">Projection of the bias after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, or <paramref name="threshold"/> is negative.</exception>
    public TernaryDense(
        long units,
        double? threshold = null,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(inputShape, name)
    {
        if (units < 1) throw Throw.BadArgument(Where, nameof(units), "a positive number", units, "Give the number of outputs wanted.");
        if (threshold is not (null or >= 0)) throw Throw.BadArgument(Where, nameof(threshold), "a number of at least 0", threshold, "Leave it out for half the mean magnitude of the kernel.");
        Units = units;
        Threshold = threshold;
        Activation = activation ?? ActivationFunction.Linear;
        _activation = Activation.IsLinear ? null : Activation.Overwriting ?? Activation.Function;
        UseBias = useBias;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        BiasInitializer = biasInitializer ?? new Zeros();
        KernelRegularizer = kernelRegularizer;
        BiasRegularizer = biasRegularizer;
        ActivityRegularizer = activityRegularizer;
        KernelConstraint = kernelConstraint;
        BiasConstraint = biasConstraint;
    }

    /// <summary>Number of outputs.</summary>
    public long Units { get; }

    /// <summary>The magnitude above which a number of the kernel counts; null for half the mean magnitude.</summary>
    public double? Threshold { get; }

    /// <summary>Function applied to the result.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>How the bias is filled.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>Projection of the bias after each step.</summary>
    public Constraint? BiasConstraint { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => DenseShapes.Output(this, input, _kernel, Units);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _kernel = AddWeight("kernel", new Shape(input[^1], Units), KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) _bias = AddWeight("bias", new Shape(Units), BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var kernel = _kernel!.Native;
        var magnitude = kernel.abs();
        var mean = Threshold is null ? magnitude.mean() : null;
        var counts = mean is null ? magnitude.gt(Threshold!.Value) : magnitude.gt(mean.mul(0.5));
        var ternary = kernel.add(kernel.sign().mul(counts).sub(kernel).detach());
        var product = torch.nn.functional.linear(input, ternary.t());
        if (mean is not null) product = product.mul(mean);
        if (_bias is not null) product = product.add(_bias.Native);
        return _activation is null ? product : _activation(product);
    }
}
