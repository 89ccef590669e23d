namespace DeepKeras.Layers;

/// <content>What is computed.</content>
public abstract partial class MultiHeadBase
{
    /// <inheritdoc/>
    public bool ProducesMask(IReadOnlyList<bool> inputs) => inputs[0];

    /// <inheritdoc/>
    public Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => masks[0]!;

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => Attend(inputs, masks, training);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => Attend(inputs, [], training)[0];

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training) => Attend(inputs, [], training);

    private Tensor[] Attend(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training)
    {
        var (layout, query, value, key) = (_layout!, inputs[0], inputs[1], inputs[inputs.Count > 2 ? 2 : 1]);
        var shape = query.shape;
        var queries = layout.Split(_query!.Apply(query), shape, QueryHeads, KeyDepth);
        var keys = layout.Split(_key!.Apply(key), key.shape, KeyHeads, KeyDepth);
        var values = layout.Split(_value!.Apply(value), value.shape, KeyHeads, ValueDepth);
        var allowed = Allowed(layout, inputs, masks);
        var isCausalOnly = UseCausalMask && SlidingWindow is null && allowed is null;
        Tensor output;
        Tensor? weights = null;
        var usesFlash = FlashAttention == true;
        if (usesFlash) AttentionKernel.RequireFlash(Where, queries, allowed is not null || SlidingWindow is not null || shape.Length != 3);
        // In training torch's fused kernels of later versions give wrong gradients for a query that may attend to nothing.
        var trainsMasked = allowed is not null && torch.is_grad_enabled();
        if (Dropout > 0 || ReturnAttentionScores || trainsMasked || (QueryHeads != KeyHeads && !usesFlash) || shape.Length != 3)
        {
            allowed = AttentionMask.And(allowed, AttentionMask.Band(queries.size(2), keys.size(2), UseCausalMask, SlidingWindow, query.device));
            (output, weights) = Weigh(queries, keys, values, allowed, layout.Free(shape), training);
        }
        else
        {
            if (!isCausalOnly) allowed = AttentionMask.And(allowed, AttentionMask.Band(queries.size(2), keys.size(2), UseCausalMask, SlidingWindow, query.device));
            // Only the other way several query heads share keys that are not copied.
            if (QueryHeads != KeyHeads) (keys, values) = (keys.repeat_interleave(QueryHeads / KeyHeads, 1), values.repeat_interleave(QueryHeads / KeyHeads, 1));
            output = torch.nn.functional.scaled_dot_product_attention(queries, keys, values, allowed is null ? null : AttentionKernel.Summand(allowed, queries.dtype), 0, isCausalOnly);
        }
        var joined = layout.Join(output, shape, QueryHeads, ValueDepth);
        if (_gate is not null) joined = joined.mul(_gate.Apply(query).sigmoid());
        var result = _output!.Apply(joined);
        if (OutputFeatures(Shape.Of(query)) is { Rank: not 1 } features) result = result.view([.. shape[..^1], .. features.ToArray()]);
        return ReturnAttentionScores ? [result, weights!.view([.. layout.Free(shape), QueryHeads, .. layout.Steps(shape), .. layout.Steps(key.shape)])] : [result];
    }

    /// <summary>Scores and their weighted sum, several query heads to each head of keys; for these the keys are not copied.</summary>
    private (Tensor Output, Tensor Weights) Weigh(Tensor queries, Tensor keys, Tensor values, Tensor? allowed, long[] free, bool training)
    {
        var (batch, steps, count) = (keys.size(0), queries.size(2), keys.size(2));
        var grouped = queries.mul(1 / Math.Sqrt(KeyDepth)).reshape(batch * KeyHeads, QueryHeads / KeyHeads * steps, KeyDepth);
        var scores = grouped.bmm(keys.reshape(batch * KeyHeads, count, KeyDepth).transpose(1, 2));
        // Keras computes what shows its scores with a softmax that gives a query with nothing to attend to no weights at all.
        var isExact = Dropout > 0 || ReturnAttentionScores || free.Length > 1;
        if (allowed is not null)
        {
            long[] open = [.. free, QueryHeads, steps, count];
            // As a summand it lets a query that may attend to nothing learn, as torch's own attention does.
            scores = isExact ? scores.view(open).masked_fill(allowed.logical_not(), Negative(scores.dtype)) : scores.view(open).add(AttentionKernel.Summand(allowed, scores.dtype));
            scores = scores.view(grouped.size(0), grouped.size(1), count);
        }
        var weights = scores.softmax(-1);
        if (allowed is not null && isExact) weights = weights.view([.. free, QueryHeads, steps, count]).masked_fill(allowed.logical_not(), 0).view(weights.shape);
        var kept = training ? Noise.Drop(weights, Dropout, _random) : weights;
        var output = kept.bmm(values.reshape(batch * KeyHeads, count, ValueDepth));
        return (output.view(batch, QueryHeads, steps, ValueDepth), weights);
    }

    private static double Negative(ScalarType type) => type == ScalarType.Float16 ? -3e4 : -1e9;

    /// <summary>What the masks of the inputs and the fourth input allow, spread over the scores; null for everything.</summary>
    private Tensor? Allowed(AttentionLayout layout, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks)
    {
        Tensor? padding = null;
        if (masks.Count > 0)
        {
            padding = AttentionMask.OfQueries(Steps(masks[0], 0));
            padding = AttentionMask.And(padding, AttentionMask.OfKeys(Steps(masks[1], 1)));
            if (inputs.Count > 2) padding = AttentionMask.And(padding, AttentionMask.OfKeys(Steps(masks[2], 2)));
            while (padding is not null && padding.ndim < layout.Free(inputs[0].shape).Length + 3) padding = padding.unsqueeze(-3);
        }
        return AttentionMask.And(padding, inputs.Count < 4 ? null : layout.Spread(inputs[3].to_type(ScalarType.Bool)));

        Tensor? Steps(Tensor? mask, int input)
        {
            if (mask is null || (layout.IsLastAxis && mask.ndim == inputs[input].ndim - 1)) return mask;
            if (layout.IsAllAxes && mask.ndim == inputs[input].ndim - 1) return mask.flatten(1, -1);
            throw Throw.PaddingMaskShape(this, Shape.Of(mask), Shape.Of(inputs[input]));
        }
    }
}
