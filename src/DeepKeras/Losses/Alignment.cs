namespace DeepKeras.Losses;

/// <summary>
/// Keras's <c>squeeze_or_expand_to_same_rank</c>: where ranks differ by one, a last axis of one element is taken away or added,
/// so that (N) against (N, 1) is compared sample by sample and not broadcast to (N, N) as torch would.
/// </summary>
internal static class Alignment
{
    /// <summary>Makes targets and predictions ready for a formula: floating predictions, targets of the same type (or int64 classes), equal ranks.</summary>
    public static void Prepare(ref Tensor yTrue, ref Tensor yPred, bool targetsAreClasses)
    {
        var type = yPred.dtype;
        if (!IsFloating(type)) yPred = yPred.to_type(type = Keras.FloatType);
        var wanted = targetsAreClasses ? ScalarType.Int64 : type;
        if (yTrue.dtype != wanted) yTrue = yTrue.to_type(wanted);
        SameRank(ref yTrue, ref yPred);
    }

    public static void SameRank(ref Tensor first, ref Tensor second)
    {
        var (a, b) = (first.ndim, second.ndim);
        if (a == b) return;
        if (a == b + 1) DropOrAdd(ref first, ref second, b);
        else if (b == a + 1) DropOrAdd(ref second, ref first, a);
    }

    /// <summary>Gives weights the rank of the values: (N) weighs the rows of (N, T).</summary>
    public static void Weights(ref Tensor values, ref Tensor weights)
    {
        if (weights.dtype != values.dtype) weights = weights.to_type(values.dtype);
        SameRank(ref values, ref weights);
        var rank = weights.ndim;
        // A single value for the whole batch takes the weights' shape, as in Keras.
        if (rank == 0 || values.ndim == 0) return;
        if (rank > 1) CheckWeights(values.shape, weights.shape);
        for (var missing = values.ndim - rank; missing > 0; missing--) weights = weights.unsqueeze(-1);
    }

    /// <summary>Weights that are 0 where the mask is false.</summary>
    public static Tensor WithMask(Tensor? weights, Tensor mask, ScalarType type)
    {
        var factors = mask.to_type(type);
        if (weights is null) return factors;
        Weights(ref factors, ref weights);
        return factors.mul(weights);
    }

    /// <summary>Both masks at once.</summary>
    public static Tensor And(Tensor first, Tensor second)
    {
        SameRank(ref first, ref second);
        return first.to_type(ScalarType.Bool).logical_and(second);
    }

    /// <summary>The same rule for shapes: the targets' shape after alignment.</summary>
    public static Shape SameRank(Shape yTrue, Shape yPred)
    {
        if (yTrue.Rank == yPred.Rank + 1 && yTrue[^1] == 1) return yTrue[..^1];
        if (yPred.Rank == yTrue.Rank + 1 && yPred[^1] == 1) return yTrue.Append(1);
        return yTrue;
    }

    /// <summary>numerator / denominator, and 0 where the denominator is 0.</summary>
    public static Tensor DivideNoNan(Tensor numerator, Tensor denominator)
    {
        var zero = denominator.eq(0);
        // The division itself never meets a zero, so that its gradient is not NaN either.
        return numerator.div(denominator.masked_fill(zero, 1)).masked_fill(zero, 0);
    }

    /// <summary>Weights per position must belong to positions that exist; torch would stretch the values to the weights' shape.</summary>
    private static void CheckWeights(long[] values, long[] weights)
    {
        var fits = weights.Length <= values.Length;
        for (var axis = 0; fits && axis < weights.Length; axis++) fits = weights[axis] == values[axis] || weights[axis] == 1;
        if (!fits) throw Throw.SampleWeightShape(values, weights);
    }

    private static bool IsFloating(ScalarType type) =>
        type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;

    private static void DropOrAdd(ref Tensor longer, ref Tensor shorter, long shorterRank)
    {
        if (longer.size(-1) != 1) return;
        if (shorterRank == 1) shorter = shorter.unsqueeze(-1);
        else longer = longer.squeeze(-1);
    }
}
