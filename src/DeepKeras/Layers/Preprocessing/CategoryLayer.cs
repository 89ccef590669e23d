namespace DeepKeras.Layers;

/// <summary>What the layers have in common that turn values into categories: category numbers, or vectors with a place for each category.</summary>
public abstract class CategoryLayer : Layer
{
    private protected CategoryLayer(OutputMode outputMode, Shape? inputShape, string? name)
        : base(inputShape, name) => OutputMode = outputMode;

    /// <summary>How the categories are written.</summary>
    public OutputMode OutputMode { get; }

    /// <inheritdoc/>
    internal override ScalarType OutputDtype => OutputMode == OutputMode.Int && Dtype is not (ScalarType.Int32 or ScalarType.Int64) ? ScalarType.Int64 : Dtype;

    /// <summary>How many categories there are; <see langword="null"/> as long as that is not known.</summary>
    private protected abstract long? Depth { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => CategoryEncoder.OutputShape(OutputMode, input, Depth);

    /// <summary>Whole numbers of any type as int64; fractions of floats are cut off.</summary>
    private protected static Tensor Whole(Tensor input) => input.to_type(ScalarType.Int64);

    /// <summary>The numbers of a tensor in the host's memory, row by row.</summary>
    private protected static long[] Read(Tensor input)
    {
        if (input.numel() == 0) return [];
        using var scope = torch.NewDisposeScope();
        return Whole(input.detach()).cpu().contiguous().data<long>().ToArray();
    }

    /// <summary>Numbers as a tensor of a shape, int64, on a device.</summary>
    private protected static Tensor Write(long[] numbers, long[] shape, torch.Device device) =>
        numbers.Length == 0 ? torch.zeros(shape, ScalarType.Int64, device) : torch.tensor(numbers).reshape(shape).to(device);

    /// <summary>Whether two shapes may be the same, unknown extents being anything.</summary>
    private protected static bool Agree(Shape first, Shape second) => first.Rank == second.Rank && first.Zip(second).All(p => p.First is null || p.Second is null || p.First == p.Second);

    private protected void CheckMode(params ReadOnlySpan<OutputMode> known)
    {
        if (!known.Contains(OutputMode)) throw Throw.BadArgument(Where, "outputMode", string.Join(", ", known.ToArray()), OutputMode, "Choose one of these.");
    }

    /// <summary>Refuses another number of categories once a graph was built on the vectors.</summary>
    internal void CheckDepth(long depth)
    {
        if (IsBuilt && OutputMode != OutputMode.Int && Depth is { } before && depth != before) throw Throw.DepthChanged(this, before, depth);
    }

    private protected Tensor Encode(Tensor numbers, Tensor? weights = null) => CategoryEncoder.Encode(numbers, OutputMode, Depth!.Value, OutputDtype, weights);
}
