namespace DeepKeras.Layers;

/// <summary>
/// Continuous values as numbers of bins (Keras: <c>keras.layers.Discretization</c>): bin i holds what is at least <c>binBoundaries[i − 1]</c> and less than
/// <c>binBoundaries[i]</c>. The boundaries are given, or <see cref="Adapt(Tensor)"/> takes them so that the bins hold about equally many values.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>int</c>: unchanged, int64. <c>one_hot</c>: <c>(N, …) → (N, …, bins)</c>, a last axis of 1 being replaced. <c>multi_hot</c>, <c>count</c>:
/// <c>(N, s, …) → (N, …, bins)</c>.
/// <code>var age = new Discretization(numBins: 4, outputMode: "one_hot");
/// age.Adapt(ages);
/// var model = Sequential([age, Dense(1)]);</code>
/// </remarks>
public sealed class Discretization : CategoryLayer
{
    private Tensor? _edges;

    /// <summary>Creates the layer.</summary>
    /// <param name="binBoundaries">The boundaries in rising order; n of them make n + 1 bins. Give these or <paramref name="numBins"/>; both are there after Adapt.</param>
    /// <param name="numBins">How many bins <see cref="Adapt(Tensor)"/> shall find, at least 1.</param>
    /// <param name="epsilon">How exact Adapt's quantiles are, above 0 and below 1; 0.01 keeps about a hundred values of each batch.</param>
    /// <param name="outputMode"><c>"int"</c> (the default), <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">Neither boundaries nor a number of bins are given, or a value is out of range.</exception>
    public Discretization(Numbers? binBoundaries = null, int? numBins = null, double epsilon = 0.01, OutputMode outputMode = default, Shape? inputShape = null, string? name = null)
        : base(outputMode, inputShape, name)
    {
        if (binBoundaries is null && numBins is null) throw Throw.BadArgument(Where, nameof(binBoundaries), "given unless numBins is", null, "Give the boundaries, or give numBins and call Adapt(data).");
        if (numBins < 1) throw Throw.BadArgument(Where, nameof(numBins), "at least 1", numBins, "Give the number of bins that Adapt shall find.");
        if (epsilon is not (> 0 and < 1)) throw Throw.BadArgument(Where, nameof(epsilon), "above 0 and below 1", epsilon, "0.01 keeps about a hundred values.");
        if (binBoundaries is not null && binBoundaries.Zip(binBoundaries.Skip(1)).Any(p => !(p.First <= p.Second))) throw Throw.BadArgument(Where, nameof(binBoundaries), "in rising order", binBoundaries, "Sort them.");
        BinBoundaries = binBoundaries;
        NumBins = numBins;
        Epsilon = epsilon;
        CheckMode(OutputMode.Int, OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count);
    }

    /// <summary>The boundaries that were given, or that Adapt found.</summary>
    public Numbers? BinBoundaries { get; private set; }

    /// <summary>How many bins Adapt shall find.</summary>
    public int? NumBins { get; }

    /// <summary>How exact Adapt's quantiles are.</summary>
    public double Epsilon { get; }

    private protected override long? Depth => BinBoundaries is { } known ? known.Count + 1 : NumBins;

    /// <summary>Takes the boundaries from data, replacing those of an earlier call.</summary>
    /// <param name="data">Values of any shape and number type.</param>
    /// <exception cref="KerasException">The boundaries were given to the constructor, there is no data, or a graph was built on another number of bins.</exception>
    public void Adapt(Tensor data) => Adapt([data]);

    /// <summary>Takes the boundaries from data that comes in batches, replacing those of an earlier call.</summary>
    /// <param name="batches">Tensors of any shape; they are read once.</param>
    /// <exception cref="KerasException">The boundaries were given to the constructor, there is no data, or a graph was built on another number of bins.</exception>
    public void Adapt(IEnumerable<Tensor> batches)
    {
        if (NumBins is not { } bins) throw Throw.AdaptGiven(this, "binBoundaries", "numBins");
        var summary = QuantileSummary.Empty;
        foreach (var batch in batches)
        {
            if (batch.numel() == 0) continue;
            using var scope = torch.NewDisposeScope();
            var numbers = batch.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
            summary = QuantileSummary.Of(numbers, Epsilon).Merge(summary, Epsilon);
        }
        if (summary.Count == 0) throw Throw.NothingToAdapt(this);
        var found = new Numbers(summary.Boundaries(bins));
        CheckDepth(found.Count + 1);
        BinBoundaries = found;
        _edges?.Dispose();
        _edges = null;
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (BinBoundaries is null) throw Throw.NotAdapted(this, "bin boundaries", "Give binBoundaries, or call Adapt(data) first.");
        var dtype = Dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        if (_edges is null || _edges.device != input.device) _edges = BinBoundaries.ToTensor(dtype).to(input.device).DetachFromDisposeScope();
        return Encode(torch.bucketize(input.to_type(dtype), _edges, false, true));
    }
}
