namespace DeepKeras.Data;

/// <summary>A data set whose elements can be fetched by number, so that shuffling and cutting move numbers only.</summary>
internal interface IIndexed<T>
{
    /// <summary>How many elements a pass has.</summary>
    long Length { get; }

    /// <summary>Where the elements lie, under any shuffles and ranges.</summary>
    IElements<T> Store { get; }

    /// <summary>What decides the orders of the shuffles in here.</summary>
    IReadOnlyList<ShuffleKeys> Orders { get; }

    /// <summary>Starts a pass: which elements of the <see cref="Store"/>, in which order.</summary>
    RowOrder StartPass();
}
