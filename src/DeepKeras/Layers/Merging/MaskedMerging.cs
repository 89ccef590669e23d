namespace DeepKeras.Layers;

/// <summary>Merging where steps of some inputs do not count: they are taken as if they were not there (Keras's rules).</summary>
internal static class MaskedMerging
{
    /// <summary>The product of what counts; 0 where every input has a mask and nothing counts.</summary>
    public static Tensor Product(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks)
    {
        Tensor? product = null;
        for (var i = 0; i < inputs.Count; i++)
        {
            var factor = masks[i] is { } mask ? torch.where(PerElement(mask, inputs[i]), inputs[i], torch.ones_like(inputs[i])) : inputs[i];
            product = product is null ? factor : product.mul(factor);
        }
        if (masks.Any(m => m is null)) return product!;
        var counts = masks.Select((m, i) => PerElement(m!, inputs[i])).Aggregate((a, b) => a.logical_or(b));
        return product!.mul(counts.to_type(product.dtype));
    }

    /// <summary>The largest or smallest of what counts.</summary>
    public static Tensor Extremum(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, Func<Tensor, Tensor, Tensor> choose)
    {
        var result = inputs[0];
        var counts = masks[0] is { } first ? PerElement(first, result) : null;
        for (var i = 1; i < inputs.Count; i++)
        {
            var next = inputs[i];
            var mask = masks[i] is { } given ? PerElement(given, next) : null;
            // Where one of the two does not count, the other stands on both sides.
            if (mask is not null) next = torch.where(mask, next, result);
            if (counts is not null) result = torch.where(counts, result, next);
            counts = mask is not null && counts is not null ? counts.logical_or(mask) : null;
            result = choose(result, next);
        }
        return result;
    }

    private static Tensor PerElement(Tensor mask, Tensor input)
    {
        while (mask.ndim < input.ndim) mask = mask.unsqueeze(-1);
        return mask.to_type(ScalarType.Bool).expand(input.shape);
    }
}
