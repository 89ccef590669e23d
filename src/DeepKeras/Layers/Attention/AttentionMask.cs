namespace DeepKeras.Layers;

/// <summary>Which keys a query may attend to: tensors of <c>bool</c> of shape <c>(…, T, S)</c>, true where it may.</summary>
internal static class AttentionMask
{
    /// <summary>No position attends to a later one (<paramref name="causal"/>), nor to one that is <paramref name="window"/> or more away; null where neither is asked for.</summary>
    public static Tensor? Band(long queries, long keys, bool causal, long? window, torch.Device device)
    {
        if (!causal && window is null) return null;
        var all = torch.ones([queries, keys], ScalarType.Bool, device);
        if (causal) all = all.tril();
        return window is { } width ? all.tril(width - 1).triu(1 - width) : all;
    }

    /// <summary>Both conditions; null stands for none.</summary>
    public static Tensor? And(Tensor? left, Tensor? right) => left is null ? right : right is null ? left : left.logical_and(right);

    /// <summary>A mask <c>(…, S)</c> of the keys, for every query.</summary>
    public static Tensor? OfKeys(Tensor? mask) => mask?.unsqueeze(-2);

    /// <summary>A mask <c>(…, T)</c> of the queries, for every key.</summary>
    public static Tensor? OfQueries(Tensor? mask) => mask?.unsqueeze(-1);
}
