namespace DeepKeras.Activations;

/// <content>Functions of all values along an axis.</content>
public static partial class ActivationFunctions
{
    /// <summary>f(x)ᵢ = eˣⁱ / Σⱼ eˣʲ over the last axis.</summary>
    public static Tensor Softmax(Tensor x) => torch.nn.functional.softmax(x, -1);

    /// <summary>f(x)ᵢ = eˣⁱ / Σⱼ eˣʲ over one axis or several.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    public static Tensor Softmax(Tensor x, Axes axis) => axis.Count == 1 ? torch.nn.functional.softmax(x, axis[0]) : LogSoftmax(x, axis).exp();

    /// <summary>f(x)ᵢ = xᵢ − log Σⱼ eˣʲ over the last axis.</summary>
    public static Tensor LogSoftmax(Tensor x) => torch.nn.functional.log_softmax(x, -1);

    /// <summary>f(x)ᵢ = xᵢ − log Σⱼ eˣʲ over one axis or several.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axes; negative ones count from the end.</param>
    public static Tensor LogSoftmax(Tensor x, Axes axis)
    {
        if (axis.Count == 1) return torch.nn.functional.log_softmax(x, axis[0]);
        var total = x;
        foreach (var one in axis) total = total.logsumexp(one, true);
        return x.sub(total);
    }

    /// <summary>f(a, b) = a · sigmoid(b), where a and b are the halves of the last axis (Dauphin et al., 2017).</summary>
    public static Tensor Glu(Tensor x) => torch.nn.functional.glu(x, -1);

    /// <summary>f(a, b) = a · sigmoid(b), where a and b are the halves of an axis.</summary>
    /// <param name="x">Any tensor whose extent along the axis is even.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    public static Tensor Glu(Tensor x, int axis) => torch.nn.functional.glu(x, axis);

    /// <summary>The point of the probability simplex nearest to x along the last axis; many entries are exactly 0 (Martins and Astudillo, 2016).</summary>
    public static Tensor Sparsemax(Tensor x) => Sparsemax(x, -1);

    /// <summary>max(x − τ, 0) along an axis: few entries stay above 0.</summary>
    /// <remarks>
    /// Martins and Astudillo (2016) choose τ so that the entries sum to 1. Keras 3 computes τ from the sum of <i>all</i> partial sums over the support,
    /// which agrees only where a single entry survives; a model trained there wants the same numbers, so this follows Keras.
    /// </remarks>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    public static Tensor Sparsemax(Tensor x, int axis)
    {
        // The support is made of the k largest values, k the last rank at which 1 + k·x₍ₖ₎ exceeds the sum of the k largest (eq. 4 of the paper).
        var (sorted, _) = x.sort(axis, true);
        var sums = sorted.cumsum(axis);
        var ranks = new long[x.ndim];
        Array.Fill(ranks, 1);
        var extent = x.shape[axis < 0 ? axis + ranks.Length : axis];
        ranks[axis < 0 ? axis + ranks.Length : axis] = extent;
        var rank = torch.arange(1, extent + 1, 1, x.dtype, x.device).reshape(ranks);
        var support = rank.mul(sorted).add(1).gt(sums);
        var count = support.sum(axis, true);
        var threshold = sums.mul(support).sum(axis, true).sub(1).div(count);
        return torch.nn.functional.relu(x.sub(threshold));
    }
}
