namespace DeepKeras.Layers;

/// <summary>The two products of attention, over the last two axes of tensors that agree in the axes before.</summary>
internal static class AttentionProducts
{
    /// <summary>How well each query goes with each key: <c>(…, T, D), (…, S, D) → (…, T, S)</c>.</summary>
    public static Tensor Scores(Tensor query, Tensor key) => Restored(Flat(query).bmm(Flat(key).transpose(1, 2)), query);

    /// <summary>The values, weighted: <c>(…, T, S), (…, S, D) → (…, T, D)</c>.</summary>
    public static Tensor Combine(Tensor weights, Tensor value) => Restored(Flat(weights).bmm(Flat(value)), weights);

    // Not matmul: a shape that it refuses ends the process in TorchSharp, where bmm throws.
    private static Tensor Flat(Tensor tensor) => tensor.ndim == 3 ? tensor : tensor.flatten(0, -3);

    private static Tensor Restored(Tensor product, Tensor like) => like.ndim == 3 ? product : product.view([.. like.shape[..^2], product.size(1), product.size(2)]);
}
