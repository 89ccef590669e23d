namespace DeepKeras.Layers;

/// <summary>
/// Shifts and scales features by known or learnt statistics: <c>(x − mean) / max(√variance, 1e-7)</c>
/// (Keras: <c>keras.layers.Normalization</c>). Training does not change them; <see cref="Adapt(Tensor)"/> reads them off data.
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged; mean and variance have the extents of <c>axis</c>.
/// <code>var normalize = new Normalization();
/// normalize.Adapt(xTrain);
/// var model = Sequential([normalize, Dense(1)]);</code>
/// </remarks>
public sealed class Normalization : Layer
{
    private const double SmallestDeviation = 1e-7;
    private Weight? _meanWeight;
    private Weight? _varianceWeight;
    private Weight? _count;
    private Tensor? _mean;
    private Tensor? _variance;
    private long[] _extents = [];
    private long[] _broadcast = [];
    private long[] _reduced = [];

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axes that keep statistics of their own; −1, the last, by default. The empty list <c>[]</c> takes one mean and one variance for everything.</param>
    /// <param name="mean">The mean, where it is known: one number or one per feature. Give it together with <paramref name="variance"/>.</param>
    /// <param name="variance">The variance, where it is known.</param>
    /// <param name="invert">Whether to undo the normalisation: <c>x · √variance + mean</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">Only one of mean and variance is given.</exception>
    public Normalization(Axes? axis = null, Numbers? mean = null, Numbers? variance = null, bool invert = false, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (mean is null != variance is null) throw Throw.BadArgument(Where, mean is null ? nameof(mean) : nameof(variance), "given together with its partner", "missing", "Give both mean and variance, or neither and call Adapt(data).");
        Axis = axis ?? Axes.Last;
        Mean = mean;
        Variance = variance;
        Invert = invert;
    }

    /// <summary>The axes that keep statistics of their own.</summary>
    public Axes Axis { get; }

    /// <summary>The mean that was given.</summary>
    public Numbers? Mean { get; }

    /// <summary>The variance that was given.</summary>
    public Numbers? Variance { get; }

    /// <summary>Whether the normalisation is undone.</summary>
    public bool Invert { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var extents = Extents(input, out _);
        if (IsBuilt && !extents.AsSpan().SequenceEqual(_extents)) throw Throw.OtherShape(this, new Shape(_extents), input);
        return input;
    }

    /// <summary>Takes mean and variance from data, replacing what was there.</summary>
    /// <param name="data">Samples along the first axis, of any number type.</param>
    /// <exception cref="KerasException">The statistics were given to the constructor, or a shape does not fit.</exception>
    public void Adapt(Tensor data) => Adapt([data]);

    /// <summary>Takes mean and variance from data that comes in batches, replacing what was there.</summary>
    /// <param name="batches">Tensors with samples along the first axis; they are read once, in double precision.</param>
    /// <exception cref="KerasException">The statistics were given to the constructor, a shape does not fit, or there is no data.</exception>
    public void Adapt(IEnumerable<Tensor> batches)
    {
        if (Mean is not null) throw Throw.AdaptNotWanted(this);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        Tensor? mean = null, squares = null;
        double count = 0;
        foreach (var batch in batches)
        {
            var shape = Shape.Of(batch);
            _ = ComputeOutputShape(shape);
            EnsureBuilt([shape.With(0, null)]);
            double size = batch.numel() / Math.Max(1, _extents.Aggregate(1L, (a, b) => a * b));
            if (size == 0) continue;
            using var step = torch.NewDisposeScope();
            var wide = batch.to(ScalarType.Float64);
            var batchMean = wide.mean(_reduced, true);
            var batchSquares = wide.sub(batchMean).square().sum(_reduced, true);
            if (mean is null)
            {
                (mean, squares) = (batchMean, batchSquares);
            }
            else
            {
                // Chan et al. (1979): means and sums of squared deviations of two parts give those of the whole.
                var difference = batchMean.sub(mean);
                squares = squares!.add(batchSquares).add(difference.square().mul(count * size / (count + size)));
                mean = mean.add(difference.mul(size / (count + size)));
            }
            count += size;
            (mean, squares) = (mean.MoveToOuterDisposeScope(), squares.MoveToOuterDisposeScope());
        }
        if (mean is null) throw Throw.NothingToAdapt(this);
        _meanWeight!.Assign(mean.reshape(_extents));
        _varianceWeight!.Assign(squares!.div(count).reshape(_extents));
        _count!.Assign(torch.tensor(count));
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _extents = Extents(input, out var kept);
        _broadcast = [.. Enumerable.Range(0, input.Rank).Select(a => kept.Contains(a) ? input[a]!.Value : 1)];
        _reduced = [.. Enumerable.Range(0, input.Rank).Except(kept).Select(a => (long)a)];
        if (Mean is null)
        {
            _meanWeight = AddWeight("mean", _extents, "zeros", trainable: false);
            _varianceWeight = AddWeight("variance", _extents, "ones", trainable: false);
            _count = AddWeight("count", Shape.Scalar, "zeros", trainable: false);
            return;
        }
        _mean = Constant("mean", Mean, kept);
        _variance = Constant("variance", Variance!, kept);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var mean = _mean ?? _meanWeight!.Native.view(_broadcast);
        var deviation = (_variance ?? _varianceWeight!.Native.view(_broadcast)).sqrt().clamp(SmallestDeviation);
        return Invert ? input.mul(deviation).add(mean) : input.sub(mean).div(deviation);
    }

    /// <summary>Numbers that were given, their axes put to those that keep statistics of their own, the last to the last.</summary>
    private Tensor Constant(string argument, Numbers numbers, int[] kept)
    {
        if (!numbers.StretchesTo(_extents)) throw Throw.BadArgument(Where, argument, $"one number or numbers that stretch to {new Shape(_extents)}", $"an array of shape {numbers.Shape}", "Give one number per feature.");
        var shape = Array.ConvertAll(_broadcast, _ => 1L);
        for (var i = 1; i <= numbers.Shape.Rank; i++) shape[kept[^i]] = numbers.Shape[^i]!.Value;
        return numbers.ToTensor(Dtype).reshape(shape).to(Keras.Device).DetachFromDisposeScope();
    }

    private long[] Extents(Shape input, out int[] kept)
    {
        kept = [];
        if (Axis.Count == 0) return [];
        if (!Axis.TryResolve(input.Rank, out kept) || kept[0] == 0) throw Throw.NoSuchAxis(this, Axis, input);
        var extents = new long[kept.Length];
        for (var i = 0; i < kept.Length; i++) extents[i] = input[kept[i]] ?? throw Throw.UnknownExtent(this, Axis, input);
        return extents;
    }
}
