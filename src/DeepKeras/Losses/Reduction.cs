namespace DeepKeras.Losses;

/// <summary>How per-sample losses become one number: <c>"sum_over_batch_size"</c> (the default, the mean), <c>"sum"</c>, <c>"mean_with_sample_weight"</c> or <c>"none"</c>.</summary>
public readonly record struct Reduction
{
    private Reduction(ReductionKind kind) => Kind = kind;

    /// <summary>Which it is.</summary>
    public ReductionKind Kind { get; }

    /// <summary>Whether it is the plain mean where no weights are given.</summary>
    internal bool IsMean => Kind is ReductionKind.SumOverBatchSize or ReductionKind.MeanWithSampleWeight;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ReductionKind.Sum => "sum",
        ReductionKind.MeanWithSampleWeight => "mean_with_sample_weight",
        ReductionKind.None => "none",
        _ => "sum_over_batch_size",
    };

    /// <summary>Weighs values and reduces them (Keras: <c>reduce_weighted_values</c>).</summary>
    /// <param name="values">One value per sample or position.</param>
    /// <param name="weights">A factor for each, or null.</param>
    /// <param name="mask">True where a value counts, or null.</param>
    internal Tensor Reduce(Tensor values, Tensor? weights, Tensor? mask)
    {
        if (mask is not null) weights = WithMask(weights, mask, values.dtype);
        if (weights is not null)
        {
            Alignment.Weights(ref values, ref weights);
            values = values.mul(weights);
        }
        if (Kind == ReductionKind.None || values.ndim == 0) return values;
        if (Kind == ReductionKind.Sum) return values.sum();
        return Kind == ReductionKind.MeanWithSampleWeight && weights is not null
            ? Alignment.DivideNoNan(values.sum(), weights.sum())
            : values.mean();
    }

    /// <summary>The reduction of that name.</summary>
    public static implicit operator Reduction(string name) => name switch
    {
        "sum_over_batch_size" or "mean" => default,
        "sum" => new(ReductionKind.Sum),
        "mean_with_sample_weight" => new(ReductionKind.MeanWithSampleWeight),
        "none" => new(ReductionKind.None),
        _ => throw Throw.UnknownName("reduction", name, ["sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none"]),
    };

    private Tensor WithMask(Tensor? weights, Tensor mask, ScalarType type)
    {
        if (Kind != ReductionKind.SumOverBatchSize) return Alignment.WithMask(weights, mask, type);
        // mean(values · total/valid · mask) = Σ(values · mask) / valid.
        var factors = mask.to_type(type);
        return Alignment.WithMask(weights, factors.mul(Alignment.DivideNoNan(torch.ones_like(factors).sum(), factors.sum())), type);
    }
}
