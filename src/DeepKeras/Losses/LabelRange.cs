namespace DeepKeras.Losses;

/// <summary>Looks once through all class numbers before training: torch would only say "index out of range", or on a GPU bring the whole process down.</summary>
internal static class LabelRange
{
    /// <summary>Refuses class numbers that are not whole or not in 0 … classes − 1.</summary>
    /// <param name="labels">Any shape, any element type.</param>
    /// <param name="classes">How many classes the output has.</param>
    /// <param name="where">The output and its loss, for the error.</param>
    /// <param name="ignored">A class number that is allowed besides.</param>
    public static void Check(Tensor labels, long classes, string where, long? ignored = null)
    {
        using var scope = torch.NewDisposeScope();
        // Bytes are widened: 256 classes would be 0 to them.
        var fractional = IsFractional(labels.dtype);
        var flat = labels.detach().flatten().to_type(fractional ? ScalarType.Float64 : ScalarType.Int64);
        if (flat.numel() == 0) return;
        var wrong = flat.lt(0).logical_or(flat.ge(classes));
        if (fractional) wrong = wrong.logical_or(flat.ne(flat.floor()));
        if (ignored is { } class_) wrong = wrong.logical_and(flat.ne(class_));
        var first = wrong.to_type(ScalarType.Int32).argmax().cpu().item<long>();
        if (!wrong[first].cpu().item<bool>()) return;
        var value = flat[first].to_type(ScalarType.Float64).cpu().item<double>();
        throw Throw.LabelOutOfRange(where, value, first, labels.shape, classes);
    }

    private static bool IsFractional(ScalarType type) =>
        type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;
}
