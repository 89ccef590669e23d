namespace DeepKeras.Data;

/// <summary>The rows of a CSV file.</summary>
public sealed class CsvDataset : Dataset<Sample>, IIndexed<Sample>
{
    private readonly TensorRows _rows;

    internal CsvDataset(TensorRows rows, IReadOnlyList<string> featureNames, IReadOnlyList<string> classNames) => (_rows, FeatureNames, ClassNames) = (rows, featureNames, classNames);

    /// <summary>The columns of the input, in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The words of the target column, sorted: the target of a row is its word's position here. Empty when the targets are numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override long? Count => _rows.Length;

    long IIndexed<Sample>.Length => _rows.Length;

    IElements<Sample> IIndexed<Sample>.Store => _rows.Store;

    /// <inheritdoc/>
    public override IEnumerable<Sample> Elements() => _rows.Elements();

    RowOrder IIndexed<Sample>.StartPass() => _rows.StartPass();
}
