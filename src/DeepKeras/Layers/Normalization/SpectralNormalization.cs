using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Divides the kernel of the layer inside by its largest singular value before every training step, so that the layer stretches nothing by more than 1
/// (Keras: <c>keras.layers.SpectralNormalization</c>; Miyato et al. 2018). The singular value is found by power iteration from a vector that is kept.
/// </summary>
/// <remarks>
/// The kernel is taken as a matrix with a row for each of its inputs and a column for each output. In inference the layer inside runs as it is.
/// <para><b>Shapes</b> those of the layer inside.</para>
/// <code>var t = SpectralNormalization(new Conv2D(64, 3))(Input(28, 28, 1));</code>
/// </remarks>
public sealed class SpectralNormalization : Wrapper, IKerasVariables
{
    // Keras bounds the length of a vector that it divides by from below by 1e-7; this is its square.
    private const double SmallestSquare = 1e-14;
    private static readonly string[] s_kernels = ["kernel", "embeddings"];
    private Weight? _kernel;
    private Weight? _vector;

    /// <summary>Creates the layer.</summary>
    /// <param name="layer">The layer inside: one with a kernel or with embeddings.</param>
    /// <param name="powerIterations">How often the vector is multiplied by the kernel and its transpose in a step, at least 1; 1 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="powerIterations"/> is not positive.</exception>
    public SpectralNormalization(Layer layer, long powerIterations = 1, Shape? inputShape = null, string? name = null)
        : base(layer, inputShape, name)
    {
        if (powerIterations < 1) throw Throw.BadArgument(Where, nameof(powerIterations), "a positive number", powerIterations, "1 is enough, because the vector is kept from step to step.");
        PowerIterations = powerIterations;
    }

    /// <summary>How often the vector is multiplied by the kernel and its transpose in a step.</summary>
    public long PowerIterations { get; }

    /// <summary>The kernel, the vector, and what else the layer inside has.</summary>
    public override IReadOnlyList<Weight> Weights => _kernel is null ? base.Weights : [_kernel, _vector!, .. Layer.Weights.Where(w => w != _kernel)];

    // Keras counts the kernel among this layer's weights too.
    IEnumerable<(string Path, Weight Weight)> IKerasVariables.Variables => _kernel is null ? [] : [("vars/0", _kernel), ("vars/1", _vector!)];

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        base.Build(input);
        _kernel = Layer.Weights.FirstOrDefault(w => s_kernels.Contains(w.Name, StringComparer.Ordinal)) ?? throw Throw.NothingToNormalize(this);
        _vector = AddWeight("vector_u", new Shape(1, _kernel.Shape[^1]), new TruncatedNormal(stddev: 0.02), trainable: false);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (training && Trainable) Normalize(_kernel!, _vector!);
        return base.Forward(input, training);
    }

    private void Normalize(Weight kernel, Weight vector)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var live = kernel.SurfaceView().detach();
        var matrix = live.reshape(-1, live.size(-1));
        var (u, v) = (vector.Native.detach(), matrix);
        for (var i = 0; i < PowerIterations; i++)
        {
            v = OfLengthOne(u.mm(matrix.t()));
            u = OfLengthOne(v.mm(matrix));
        }
        // A kernel of zeros has no direction and stays as it is. Nothing is read back, so that a GPU need not wait.
        var isEmpty = matrix.ne(0).any().logical_not();
        var largest = v.mm(matrix).mm(u.t()).squeeze().masked_fill(isEmpty, 1);
        vector.Native.detach().copy_(torch.where(isEmpty, vector.Native.detach(), u));
        live.div_(largest);
        kernel.MarkChanged();
        vector.MarkChanged();
    }

    private static Tensor OfLengthOne(Tensor vector) => vector.mul(vector.square().sum().clamp(SmallestSquare).rsqrt());
}
