namespace DeepKeras.Layers;

/// <summary>
/// The combination of two or more categories as one, by hashing them together modulo <c>numBins</c> (Keras: <c>keras.layers.HashedCrossing</c>; Weinberger et al. 2009).
/// The bins are Keras's own. Where one of the features is text, use <see cref="Call(CategoryFeature[])"/>, because tensors hold none.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>int</c>: <c>[(N), (N), …] → (N)</c> or <c>[(N, 1), (N, 1), …] → (N, 1)</c>, int64; <c>one_hot</c>: <c>(N, numBins)</c>.
/// <code>var crossed = new HashedCrossing(numBins: 5).Call((string[])["A", "B", "A"], (long[])[101, 101, 102]);
/// var t = HashedCrossing(numBins: 100)(Input(1, dtype: torch.ScalarType.Int64), Input(1, dtype: torch.ScalarType.Int64));</code>
/// </remarks>
public sealed class HashedCrossing : CategoryLayer
{
    // TensorFlow's key for crossings.
    private const ulong Key = 0xDECAFCAFFE;

    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">How many bins, at least 1.</param>
    /// <param name="outputMode"><c>"int"</c> (the default) or <c>"one_hot"</c>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">numBins is not positive, or the mode is another one.</exception>
    public HashedCrossing(long numBins, OutputMode outputMode = default, string? name = null)
        : base(outputMode, null, name)
    {
        if (numBins < 1) throw Throw.BadArgument(Where, nameof(numBins), "at least 1", numBins, "Take more bins than there are combinations, so that few of them meet.");
        NumBins = numBins;
        CheckMode(OutputMode.Int, OutputMode.OneHot);
        if (outputMode == OutputMode.Int) DtypePolicy = DtypePolicy.Of(ScalarType.Int64);
    }

    /// <summary>How many bins.</summary>
    public long NumBins { get; }

    private protected override long? Depth => NumBins;

    /// <summary>Crosses features of which some may be texts.</summary>
    /// <param name="features">Two or more: texts, tensors or arrays of whole numbers, all of one shape.</param>
    /// <returns>The bins, or vectors.</returns>
    /// <exception cref="KerasException">There are less than two, or their shapes or types do not fit.</exception>
    public Tensor Call(params CategoryFeature[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        _ = ComputeOutputShape([.. features.Select(f => f.Shape)]);
        using var scope = torch.NewDisposeScope();
        return Cross(features).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count < 2) throw Throw.WrongInputCount(this, "two or more tensors to cross", inputs.Count);
        foreach (var input in inputs)
        {
            if (input.Rank > 2 || (input.Rank == 2 && input[1] != 1)) throw Throw.BadInput(this, "inputs of shape (N), (N, 1) or ()", input, "Cross one number or text per sample.");
            if (!Agree(inputs[0], input)) throw Throw.BadInput(this, "inputs of one shape", $"{inputs[0]} and {input}", "Give every feature for the same samples.");
        }
        return base.ComputeOutputShape(inputs[0]);
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ComputeOutputShape([input]);

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => Cross([.. inputs.Select(i => (CategoryFeature)i)]);

    private Tensor Cross(CategoryFeature[] features)
    {
        ulong[][] columns = Array.ConvertAll(features, Column);
        var bins = new long[columns[0].Length];
        for (var i = 0; i < bins.Length; i++)
        {
            var hash = Key;
            foreach (var column in columns) hash = FarmHash.Join(hash, column[i]);
            bins[i] = (long)(hash % (ulong)NumBins);
        }
        var device = features.FirstOrDefault(f => f.Numbers is not null)?.Numbers!.device ?? torch.CPU;
        return Encode(Write(bins, features[0].Shape.ToArray(), device));
    }

    private ulong[] Column(CategoryFeature feature)
    {
        if (feature.Texts is { } texts) return [.. texts.Select(TextHash.Fingerprint)];
        var numbers = feature.Numbers!;
        if (numbers.is_floating_point()) throw Throw.BadInput(this, "whole numbers or texts", $"a tensor of {numbers.dtype}", "Convert it with to_type(ScalarType.Int64), or give the Input dtype: ScalarType.Int64.");
        return Array.ConvertAll(Read(numbers), n => unchecked((ulong)n));
    }
}
