namespace DeepKeras.Layers;

/// <summary>
/// Where the axes of a multi-head attention go: projected tensors <c>(N, …, heads, depth)</c> become <c>(N and free axes, heads, steps, depth)</c>, with
/// all axes attended over in one.
/// </summary>
internal sealed class AttentionLayout
{
    private readonly int[] _attended;
    private readonly int[] _free;
    private readonly long[] _headsFirst;
    private readonly long[] _headsLast;

    /// <param name="rank">The rank of query, value and key.</param>
    /// <param name="attended">The axes attended over, in the order of their places in the scores.</param>
    public AttentionLayout(int rank, int[] attended)
    {
        _attended = attended;
        _free = [.. Enumerable.Range(0, rank - 1).Except(attended)];
        _headsFirst = [.. _free, rank - 1, .. attended, rank];
        _headsLast = new long[rank + 1];
        for (var i = 0; i <= rank; i++) _headsLast[_headsFirst[i]] = i;
    }

    /// <summary>How many axes are attended over.</summary>
    public int AxisCount => _attended.Length;

    /// <summary>Whether the steps right before the features are the only axis attended over.</summary>
    public bool IsLastAxis => _attended is [var only] && only == _headsFirst.Length - 3;

    /// <summary>Whether every axis between batch and features is attended over.</summary>
    public bool IsAllAxes => _free.Length == 1;

    /// <summary>The batch's axis and the others that are not attended over.</summary>
    public T[] Free<T>(IReadOnlyList<T> shape) => [.. _free.Select(axis => shape[axis])];

    /// <summary>The axes attended over.</summary>
    public T[] Steps<T>(IReadOnlyList<T> shape) => [.. _attended.Select(axis => shape[axis])];

    /// <summary><c>(N, …, heads · depth)</c> as <c>(N · free, heads, steps, depth)</c>.</summary>
    public Tensor Split(Tensor projected, long[] shape, long heads, long depth)
    {
        var parted = projected.view([.. shape[..^1], heads, depth]);
        if (shape.Length == 3) return parted.transpose(1, 2);
        return parted.permute(_headsFirst).reshape(Product(Free(shape)), heads, Product(Steps(shape)), depth);
    }

    /// <summary><c>(N · free, heads, steps, depth)</c> as <c>(N, …, heads · depth)</c>.</summary>
    public Tensor Join(Tensor output, long[] shape, long heads, long depth)
    {
        if (shape.Length == 3) return output.transpose(1, 2).reshape(shape[0], shape[1], heads * depth);
        return output.reshape([.. Free(shape), heads, .. Steps(shape), depth]).permute(_headsLast).reshape([.. shape[..^1], heads * depth]);
    }

    /// <summary>A mask <c>(…, steps of the query, steps of the key)</c> as one that stretches to <c>(N and free axes, heads, T, S)</c>: what it lacks are the heads.</summary>
    public Tensor Spread(Tensor mask)
    {
        if (AxisCount > 1) mask = mask.flatten(-AxisCount, -1).flatten(-AxisCount - 1, -2);
        while (mask.ndim < _free.Length + 3) mask = mask.unsqueeze(-3);
        return mask;
    }

    private static long Product(long[] extents) => extents.Aggregate(1L, (product, extent) => product * extent);
}
