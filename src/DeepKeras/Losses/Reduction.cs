namespace DeepKeras.Losses;

/// <summary>How per-sample losses become one number: <c>"sum_over_batch_size"</c> (the default, the mean), <c>"sum"</c>, <c>"mean_with_sample_weight"</c> or <c>"none"</c>.</summary>
public readonly record struct Reduction
{
    private Reduction(ReductionKind kind) => Kind = kind;

    /// <summary>Which it is.</summary>
    public ReductionKind Kind { get; }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ReductionKind.Sum => "sum",
        ReductionKind.MeanWithSampleWeight => "mean_with_sample_weight",
        ReductionKind.None => "none",
        _ => "sum_over_batch_size",
    };

    /// <summary>The reduction of that name.</summary>
    public static implicit operator Reduction(string name) => name switch
    {
        "sum_over_batch_size" or "mean" => default,
        "sum" => new(ReductionKind.Sum),
        "mean_with_sample_weight" => new(ReductionKind.MeanWithSampleWeight),
        "none" => new(ReductionKind.None),
        _ => throw Throw.UnknownName("reduction", name, ["sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none"]),
    };
}
