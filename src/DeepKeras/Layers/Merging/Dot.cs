namespace DeepKeras.Layers;

/// <summary>
/// The sum of products of two inputs over one axis of each, sample by sample (Keras: <c>keras.layers.Dot</c>);
/// with <c>normalize</c> the cosine of their angle.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, a…, k), (N, b…, k)] → (N, a…, b…)</c> with the summed axes removed; <c>[(N, k), (N, k)] → (N, 1)</c>.
/// <code>var similarity = Dot(axes: 1, normalize: true)(left, right);</code>
/// </remarks>
public sealed class Dot : MergeLayer
{
    // Keras bounds the length from below by 1e-12; this is its square.
    private const double SmallestSquare = 1e-24;

    /// <summary>Creates the layer.</summary>
    /// <param name="axes">The axis to sum over: one for both inputs, or one for each. Not the batch axis 0.</param>
    /// <param name="normalize">Whether both inputs are first scaled to length 1 along that axis; <see langword="false"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="axes"/> has more than two entries, or names the batch axis.</exception>
    public Dot(Axes axes, bool normalize = false, string? name = null)
        : base(name: name)
    {
        if (axes.Count is not (1 or 2) || axes.Contains(0)) throw Throw.BadArgument(Where, nameof(axes), "one axis, or one for each of the two inputs, other than the batch axis 0", axes, "Write axes: 1 or axes: (2, 1).");
        Axes = axes;
        Normalize = normalize;
    }

    /// <summary>The axis to sum over: one for both inputs, or one for each.</summary>
    public Axes Axes { get; }

    /// <summary>Whether both inputs are first scaled to length 1 along that axis.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw Throw.WrongInputCount(this, "exactly two tensors", inputs.Count);
        var (left, right) = (inputs[0], inputs[1]);
        if (left.Rank < 2 || right.Rank < 2) throw Throw.BadInput(this, "inputs with an axis besides the batch", $"{left} and {right}", "Give tensors such as (N, k).");
        var (i, j) = (Resolve(0, left.Rank), Resolve(1, right.Rank));
        if (i < 1 || i >= left.Rank || j < 1 || j >= right.Rank) throw Throw.BadInput(this, $"inputs that have the axes {Axes} behind the batch axis", $"{left} and {right}", "Choose axes that the inputs have.");
        if (left[0] is { } n && right[0] is { } m && n != m) throw Throw.CannotMerge(this, inputs);
        if (left[i] is { } a && right[j] is { } b && a != b) throw Throw.BadInput(this, $"equal extents along axes {Axes}", $"{left} and {right}", "Choose other axes, or make the extents equal.");
        var extents = new List<long?> { left[0] ?? right[0] };
        for (var axis = 1; axis < left.Rank; axis++) if (axis != i) extents.Add(left[axis]);
        for (var axis = 1; axis < right.Rank; axis++) if (axis != j) extents.Add(right[axis]);
        if (extents.Count == 1) extents.Add(1);
        return new Shape([.. extents]);
    }

    /// <summary>The steps are summed over, so there is no mask.</summary>
    /// <inheritdoc/>
    public override bool ProducesMask(IReadOnlyList<bool> inputs) => false;

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        var (left, right) = (inputs[0], inputs[1]);
        var (leftRank, rightRank) = ((int)left.ndim, (int)right.ndim);
        var (i, j) = (Resolve(0, leftRank), Resolve(1, rightRank));
        if (Normalize)
        {
            left = Scale(left, i);
            right = Scale(right, j);
        }
        if (leftRank == 2 && rightRank == 2) return left.mul(right).sum(1, true);

        // The summed axis goes to the end of the left and to the front of the right; the other axes are flattened for one batched matrix product.
        var a = leftRank == 2 ? left.unsqueeze(1) : i == leftRank - 1 ? left : left.movedim([i], [-1]);
        var b = rightRank == 2 ? right.unsqueeze(2) : j == 1 ? right : right.movedim([j], [1]);
        var (aShape, bShape) = (a.shape, b.shape);
        var product = torch.bmm(leftRank > 3 ? a.flatten(1, -2) : a, rightRank > 3 ? b.flatten(2, -1) : b);
        if (leftRank == 2) return rightRank == 3 ? product.squeeze(1) : product.reshape([aShape[0], .. bShape[2..]]);
        if (rightRank == 2) return leftRank == 3 ? product.squeeze(2) : product.reshape(aShape[..^1]);
        return leftRank == 3 && rightRank == 3 ? product : product.reshape([.. aShape[..^1], .. bShape[2..]]);
    }

    private static Tensor Scale(Tensor tensor, int axis) =>
        tensor.mul(tensor.square().sum(axis, true).clamp(SmallestSquare).rsqrt());

    private int Resolve(int input, int rank)
    {
        var axis = Axes[Axes.Count == 1 ? 0 : input];
        return axis < 0 ? axis + rank : axis;
    }
}
