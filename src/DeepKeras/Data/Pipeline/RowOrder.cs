namespace DeepKeras.Data;

/// <summary>Row numbers in order: a range, or a part of a permutation.</summary>
internal readonly record struct RowOrder(long[]? Order, long Start, long Count)
{
    public long this[long i] => Order is null ? Start + i : Order[Start + i];

    public RowOrder Range(long start, long? length)
    {
        var from = Math.Min(start, Count);
        return new(Order, Start + from, Math.Min(length ?? long.MaxValue, Count - from));
    }
}
