namespace DeepKeras.Losses;

/// <summary>The kinds of <see cref="Reduction"/>.</summary>
public enum ReductionKind
{
    /// <summary>Σ / number of elements.</summary>
    SumOverBatchSize,

    /// <summary>Σ.</summary>
    Sum,

    /// <summary>Σ / Σ sample weights.</summary>
    MeanWithSampleWeight,

    /// <summary>One value per sample.</summary>
    None,
}
