namespace DeepKeras.Layers;

/// <summary>
/// The base of layers that combine their inputs element by element. Extents of 1 are stretched; an input with fewer axes gets
/// axes of extent 1 right after the batch axis, as in Keras.
/// </summary>
/// <param name="name">A unique name, or <see langword="null"/> for an automatic one.</param>
/// <remarks><b>Shapes</b> <c>[(N, a, …), (N, b, …), …] → (N, max(a, b), …)</c>, where each pair of extents is equal or one of them is 1.</remarks>
public abstract class ElementwiseMergeLayer(string? name = null) : MergeLayer(name: name), IInPlaceFinish
{
    /// <summary>Whether exactly two inputs are taken (a difference, a quotient); otherwise one or more.</summary>
    private protected virtual bool TakesTwo => false;

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (TakesTwo && inputs.Count != 2) throw Throw.WrongInputCount(this, "exactly two tensors", inputs.Count);
        var result = inputs[0];
        for (var i = 1; i < inputs.Count; i++) result = Broadcast(result, inputs[i], inputs);
        return result;
    }

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => true;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => finish(Forward(inputs, training));

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        var count = inputs.Count;
        var result = inputs[0];
        if (count == 1) return result;
        for (var i = 1; i < count; i++)
        {
            var next = inputs[i];
            var difference = result.ndim - next.ndim;
            if (difference < 0) result = Deepen(result, -difference);
            else if (difference > 0) next = Deepen(next, difference);
            result = Combine(result, next);
        }
        return Finish(result, count);
    }

    /// <summary>The combination of two tensors that broadcast.</summary>
    private protected abstract Tensor Combine(Tensor left, Tensor right);

    /// <summary>What remains to do once everything is combined; it may change <paramref name="combined"/> in place.</summary>
    private protected virtual Tensor Finish(Tensor combined, int count) => combined;

    private static Tensor Deepen(Tensor tensor, long axes)
    {
        for (; axes > 0; axes--) tensor = tensor.unsqueeze(1);
        return tensor;
    }

    private Shape Broadcast(Shape left, Shape right, IReadOnlyList<Shape> all)
    {
        if (left.Rank == 0 || right.Rank == 0) throw Throw.CannotMerge(this, all);
        var rank = Math.Max(left.Rank, right.Rank);
        var extents = new long?[rank];
        if (left[0] is { } n && right[0] is { } m && n != m) throw Throw.CannotMerge(this, all);
        extents[0] = left[0] ?? right[0];
        for (var axis = 1; axis < rank; axis++)
        {
            // Both shapes are aligned at their ends; an axis that is missing counts as 1.
            var a = axis - rank + left.Rank is >= 1 and var l ? left[l] : 1;
            var b = axis - rank + right.Rank is >= 1 and var r ? right[r] : 1;
            extents[axis] = a == 1 ? b : b == 1 ? a : a is null || b is null ? null : a == b ? a : throw Throw.CannotMerge(this, all);
        }
        return new(extents);
    }
}
