using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// A densely connected layer over axes of one's choice: <c>activation(einsum(equation, input, kernel) + bias)</c>
/// (Keras: <c>keras.layers.EinsumDense</c>).
/// </summary>
/// <remarks>
/// The equation names the axes of input, kernel and output, the batch's included; axes of the input that the output lacks are summed over.
/// <para><b>Shapes</b> as the equation says: with <c>"abc,cd->abd"</c> and outputShape <c>(null, 64)</c> <c>(N, steps, in) → (N, steps, 64)</c>, kernel <c>(in, 64)</c>;
/// the bias has the extents of <c>biasAxes</c>.</para>
/// <code>var t = EinsumDense("abc,cd->abd", (null, 64), biasAxes: "d")(Input(32, 128)); // (None, 32, 64)</code>
/// </remarks>
public sealed class EinsumDense : Layer
{
    private readonly Func<Tensor, Tensor>? _activation;
    private readonly EinsumEquation _parsed;
    private Weight? _kernel;
    private Weight? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="equation">The sum of products, such as <c>"ab,bc->ac"</c>; <c>...</c> at the beginning or at the end of input and output stands for further axes.</param>
    /// <param name="outputShape">The output's shape without the batch axis and what <c>...</c> stands for; null entries for the input's extents.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="biasAxes">The letters of the output's axes along which the bias has a number each; no bias by default.</param>
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
    /// <exception cref="KerasException">The equation is none of this form, or an axis of kernel, output or bias stands nowhere else, or <paramref name="loraRank"/> is not positive.</exception>
    public EinsumDense(
        string equation,
        Shape outputShape,
        ActivationFunction? activation = null,
        string? biasAxes = null,
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
        ArgumentNullException.ThrowIfNull(outputShape);
        _parsed = EinsumEquation.Parse(Where, equation, biasAxes);
        if (loraRank < 1) throw Throw.LoraRank(Where, loraRank.Value);
        Equation = equation;
        OutputShape = outputShape;
        Activation = activation ?? ActivationFunction.Linear;
        _activation = Activation.IsLinear ? null : Activation.Overwriting ?? Activation.Function;
        BiasAxes = biasAxes;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        BiasInitializer = biasInitializer ?? new Zeros();
        KernelRegularizer = kernelRegularizer;
        BiasRegularizer = biasRegularizer;
        ActivityRegularizer = activityRegularizer;
        KernelConstraint = kernelConstraint;
        BiasConstraint = biasConstraint;
        (LoraRank, LoraAlpha) = (loraRank, loraAlpha ?? loraRank);
    }

    /// <summary>The sum of products.</summary>
    public string Equation { get; }

    /// <summary>The output's shape without the batch axis, null where the input's extent is taken.</summary>
    public Shape OutputShape { get; }

    /// <summary>Function applied to the result.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>The output's axes along which the bias has a number each; null for no bias.</summary>
    public string? BiasAxes { get; }

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
    public override Shape ComputeOutputShape(Shape input)
    {
        var shapes = _parsed.Resolve(this, input, OutputShape, BiasAxes);
        if (_kernel is not null && _kernel.Shape != shapes.Kernel) throw Throw.OtherShape(this, _kernel.Shape, input);
        if (_bias is not null && _bias.Shape != shapes.Bias) throw Throw.OtherShape(this, _bias.Shape, input);
        return shapes.Output;
    }

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
        var shapes = _parsed.Resolve(this, input, OutputShape, BiasAxes);
        var initializer = KernelInitializer is VarianceScaling scaling ? scaling.WithFans(shapes.InputAxes, shapes.OutputAxes) : KernelInitializer;
        _kernel = AddWeight("kernel", shapes.Kernel, initializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (shapes.Bias is { } bias) _bias = AddWeight("bias", bias, BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        if (LoraRank is { } rank) EnableLora(rank, LoraAlpha);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var sum = torch.einsum(Equation, input, _kernel!.Effective);
        if (_bias is not null) sum = sum.add(_bias.Native);
        return _activation is null ? sum : _activation(sum);
    }
}
