using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A densely connected layer: <c>activation(input · kernel + bias)</c> over the last axis
/// (Keras: <c>keras.layers.Dense</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, in) → (N, …, units)</c>; kernel <c>(in, units)</c>, bias <c>(units)</c>.
/// <code>var t = Dense(10, activation: "softmax")(Input(784));</code>
/// </remarks>
public sealed class Dense : Layer, IInPlaceFinish, IScalableLayer
{
    private readonly Func<Tensor, Tensor>? _activation;
    private Weight? _kernel;
    private Weight? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
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
    /// <exception cref="KerasException"><paramref name="units"/> is not positive.</exception>
    public Dense(
        long units,
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
        Units = units;
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
    public override Shape ComputeOutputShape(Shape input)
    {
        if (input.Rank < 2 || input[^1] is null) throw Throw.BadInput(this, "a known last axis", input, "Build the model with Input(n), or put a Flatten() before this layer.");
        if (_kernel is { } kernel && kernel.Shape[0] != input[^1])
        {
            throw Throw.BadInput(this, $"a last axis of {kernel.Shape[0]}", input, "Put a Flatten() before it, or build the model with the Input shape that the data has.");
        }
        return input.With(-1, Units);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _kernel = AddWeight("kernel", new Shape(input[^1], Units), KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) _bias = AddWeight("bias", new Shape(Units), BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
    }

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => _activation is null;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => finish(Forward(inputs[0], training));

    bool IScalableLayer.IsScalable => _activation is null;

    Tensor IScalableLayer.ScalableKernel => _kernel!.Native.t();

    Tensor? IScalableLayer.NativeBias => _bias?.Native;

    // The rank of the input is not known here.
    bool IScalableLayer.HasChannelsAt(int axis) => axis == -1;

    Tensor IScalableLayer.Run(Tensor input, Tensor kernel, Tensor bias, Func<Tensor, Tensor> finish) => finish(torch.nn.functional.linear(input, kernel, bias));

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var kernel = _kernel!.Native;
        // Not matmul: a shape that it refuses ends the process in TorchSharp, where these throw.
        var product = input.ndim != 2 ? torch.nn.functional.linear(input, kernel.t(), _bias?.Native)
            : _bias is null ? input.mm(kernel)
            : torch.addmm(_bias.Native, input, kernel, 1, 1);
        return _activation is null ? product : _activation(product);
    }
}
