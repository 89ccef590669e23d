using DeepKeras.Layers;

namespace DeepKeras;

/// <content>Attention.</content>
public static partial class Ops
{
    /// <summary>softmax(query · keyᵀ · scale + bias) · value, head by head (Vaswani et al., 2017; Keras: <c>keras.ops.dot_product_attention</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, T, heads, D), (N, S, keyHeads, D), (N, S, keyHeads, D) → (N, T, heads, D)</c>; several query heads may share a head of keys and values.
    /// Bias and mask are <c>(N, heads, T, S)</c>, or have extents of 1 where they repeat. A query that may attend to nothing attends to all keys alike.
    /// <code>var t = Ops.DotProductAttention(query, key, value, isCausal: true);</code>
    /// </remarks>
    /// <param name="query">The queries.</param>
    /// <param name="key">The keys.</param>
    /// <param name="value">The values.</param>
    /// <param name="bias">What is added to the scores; nothing by default. Not together with <paramref name="mask"/>.</param>
    /// <param name="mask">True where a query may attend to a key; everywhere by default.</param>
    /// <param name="scale">What the products are multiplied by; 1 / √D by default.</param>
    /// <param name="isCausal">Whether no position attends to a later one; <see langword="false"/> by default.</param>
    /// <param name="flashAttention"><see langword="true"/> insists on the kernel that never holds all scores at once, which torch picks by itself where it can (libtorch 2 on CUDA,
    /// 16 bits, no mask or bias), and refuses other inputs; <see langword="null"/>, the default, and <see langword="false"/> take what torch picks.</param>
    /// <exception cref="KerasException">Ranks, rows or heads do not fit, both bias and mask are given, or flash attention cannot be had.</exception>
    public static Tensor DotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? bias = null, Tensor? mask = null, double? scale = null, bool isCausal = false, bool? flashAttention = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        const string Where = "Ops.DotProductAttention";
        CheckRanks(Where, (nameof(query), query, 4), (nameof(key), key, 4), (nameof(value), value, 4));
        if (bias is not null && mask is not null) throw Throw.BadArgument(Where, nameof(bias), "left out where there is a mask", Shape.Of(bias), "Write the mask into the bias, as a large negative number.");
        if (query.size(3) != key.size(3)) throw Throw.BadArgument(Where, nameof(key), $"of {query.size(3)} features, as query has,", Shape.Of(key), "Bring both to one length.");
        if (key.size(1) != value.size(1) || key.size(2) != value.size(2)) throw Throw.BadArgument(Where, nameof(value), $"of as many steps and heads as key, {Shape.Of(key)},", Shape.Of(value), "Give a value for every key.");
        if (query.size(2) % key.size(2) != 0) throw Throw.BadArgument(Where, nameof(key), $"of a number of heads that divides those of query, {query.size(2)},", Shape.Of(key), "Let the same number of query heads share each head of keys.");
        if (flashAttention == true) AttentionKernel.RequireFlash(Where, query, bias is not null || mask is not null);
        using var scope = torch.NewDisposeScope();
        var queries = query.transpose(1, 2);
        // torch's kernel multiplies by 1 / √D.
        if (scale is { } factor) queries = queries.mul(factor * Math.Sqrt(query.size(3)));
        var groups = query.size(2) / key.size(2);
        var summand = bias;
        if (mask is not null || (bias is not null && isCausal))
        {
            var allowed = AttentionMask.And(mask?.to_type(ScalarType.Bool), AttentionMask.Band(query.size(1), key.size(1), isCausal, null, query.device))!;
            var closed = AttentionKernel.Summand(allowed, query.dtype);
            summand = bias is null ? closed : bias.add(closed);
            isCausal = false;
        }
        return torch.nn.functional.scaled_dot_product_attention(queries, PerQueryHead(key, groups), PerQueryHead(value, groups), summand, 0, isCausal).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>(N, S, heads, D) as (N, heads · groups, S, D), each head repeated.</summary>
    private static Tensor PerQueryHead(Tensor tensor, long groups)
    {
        var heads = tensor.transpose(1, 2);
        return groups == 1 ? heads : heads.repeat_interleave(groups, 1);
    }
}
