namespace DeepKeras.Losses;

/// <summary>Finds the <see cref="TargetKind"/> of targets (Keras: <c>is_binary_or_sparse_categorical</c>).</summary>
internal static class TargetKinds
{
    public static TargetKind Of(Shape yTrue, Shape yPred)
    {
        if (yPred.Rank > 0 && yPred[^1] == 1) return TargetKind.Binary;
        return yTrue.Rank < yPred.Rank || (yTrue.Rank > 0 && yTrue[^1] == 1) ? TargetKind.ClassNumbers : TargetKind.OneHot;
    }
}
