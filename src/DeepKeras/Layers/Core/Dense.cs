using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

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
    /// <param name="loraRank">Switches low-rank adaptation on, with matrices of this rank (see <see cref="EnableLora"/>); off by default.</param>
    /// <param name="loraAlpha">What the change is multiplied by, times the rank; <paramref name="loraRank"/> by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> or <paramref name="loraRank"/> is not positive.</exception>
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
        [LaterKeras] long? loraRank = null,
        [LaterKeras] double? loraAlpha = null,
        Shape? inputShape = null,
        string? name = null)
        : base(inputShape, name)
    {
        if (units < 1) throw Throw.BadArgument(Where, nameof(units), "a positive number", units, "Give the number of outputs wanted.");
        if (loraRank < 1) throw Throw.LoraRank(Where, loraRank.Value);
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
        (LoraRank, LoraAlpha) = (loraRank, loraAlpha ?? loraRank);
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

    /// <summary>The rank of the low-rank adaptation; null where it is off.</summary>
    public long? LoraRank { get; private set; }

    /// <summary>What the low-rank change is multiplied by, times the rank.</summary>
    public double? LoraAlpha { get; private set; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => DenseShapes.Output(this, input, _kernel, Units);

    /// <summary>
    /// Freezes the kernel and trains two narrow matrices in its place, whose product is added to it: <c>kernel + a · b · loraAlpha / rank</c> (low-rank adaptation, Hu et al. 2021).
    /// Files in Keras's formats hold the sum, others the parts.
    /// </summary>
    /// <remarks><code>layer.EnableLora(rank: 4);   // model.Compile(…) and model.Fit(…) as usual</code></remarks>
    /// <param name="rank">Columns of the first matrix and rows of the second, at least 1.</param>
    /// <param name="loraAlpha">The strength of the change, times the rank; <paramref name="rank"/> by default.</param>
    /// <param name="aInitializer">How the first matrix is filled; <c>he_uniform</c> by default.</param>
    /// <param name="bInitializer">How the second matrix is filled; zeros by default, so that nothing changes at first.</param>
    /// <exception cref="KerasException">The layer is not built, adapted already, or its kernel has a constraint.</exception>
    public void EnableLora(long rank, double? loraAlpha = null, Initializer? aInitializer = null, Initializer? bInitializer = null)
    {
        AddLora(_kernel, rank, loraAlpha, aInitializer, bInitializer);
        (LoraRank, LoraAlpha) = (rank, loraAlpha ?? rank);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _kernel = AddWeight("kernel", new Shape(input[^1], Units), KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) _bias = AddWeight("bias", new Shape(Units), BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        if (LoraRank is { } rank) EnableLora(rank, LoraAlpha);
    }

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => _activation is null;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => finish(Forward(inputs[0], training));

    bool IScalableLayer.IsScalable => _activation is null && _kernel?.Change is null;

    Tensor IScalableLayer.ScalableKernel => _kernel!.Native.t();

    Tensor? IScalableLayer.NativeBias => _bias?.Native;

    // The rank of the input is not known here.
    bool IScalableLayer.HasChannelsAt(int axis) => axis == -1;

    Tensor IScalableLayer.Run(Tensor input, Tensor kernel, Tensor bias, Func<Tensor, Tensor> finish) => finish(torch.nn.functional.linear(input, kernel, bias));

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var kernel = _kernel!.Effective;
        // Not matmul: a shape that it refuses ends the process in TorchSharp, where these throw.
        var product = input.ndim != 2 ? torch.nn.functional.linear(input, kernel.t(), _bias?.Native)
            : _bias is null ? input.mm(kernel)
            : torch.addmm(_bias.Native, input, kernel, 1, 1);
        return _activation is null ? product : _activation(product);
    }
}
