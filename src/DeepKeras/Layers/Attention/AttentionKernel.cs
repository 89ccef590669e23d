namespace DeepKeras.Layers;

/// <summary>What torch's fused attention needs to be told.</summary>
internal static class AttentionKernel
{
    // What Keras adds to scores that are masked: after the softmax nothing is left of them, and a query that may attend to nothing attends to all alike.
    private const double LargeNegative = -0.7 * 3.38953e38;
    private const double LargeNegativeHalf = -0.7 * 65500;
    private const long MostFlashFeatures = 256;

    /// <summary>A number that leaves nothing of a score.</summary>
    public static double Negative(ScalarType type) => type == ScalarType.Float16 ? LargeNegativeHalf : LargeNegative;

    /// <summary>What is added to scores: 0 where it is allowed, a large negative number elsewhere.</summary>
    public static Tensor Summand(Tensor allowed, ScalarType type) =>
        torch.zeros(allowed.shape, type, allowed.device).masked_fill_(allowed.logical_not(), Negative(type));

    /// <summary>Refuses inputs for which torch has no flash attention: it knows CUDA, 16 bits, up to 256 features and no masks.</summary>
    public static void RequireFlash(string where, Tensor query, bool isMasked)
    {
        const string Fix = "Leave flashAttention out; torch then takes the best kernel that there is.";
        if (query.device_type != DeviceType.CUDA) throw Throw.FlashAttention(where, $"the query is on {query.device}", Fix);
        if (query.dtype is not (ScalarType.Float16 or ScalarType.BFloat16)) throw Throw.FlashAttention(where, $"the query is {query.dtype}", "Compute in \"mixed_bfloat16\", or leave flashAttention out.");
        if (query.size(-1) > MostFlashFeatures) throw Throw.FlashAttention(where, $"a head has {query.size(-1)} features, more than {MostFlashFeatures}", Fix);
        if (isMasked) throw Throw.FlashAttention(where, "there is a mask or a bias", Fix);
    }
}
