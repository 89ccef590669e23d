namespace DeepKeras.Layers;

/// <summary>Category numbers as <see cref="OutputMode"/> wants them (Keras: <c>encode_categorical_inputs</c>). A number equal to the depth is left out.</summary>
internal static class CategoryEncoder
{
    /// <summary>Samples lie along axis 1, as Keras computes it; a tensor of one axis is one sample.</summary>
    public static Shape OutputShape(OutputMode mode, Shape input, long? depth)
    {
        if (mode == OutputMode.Int) return input;
        if (input.Rank < 2 && mode != OutputMode.OneHot) return new Shape(depth);
        if (mode != OutputMode.OneHot) return new Shape([input[0], .. input[2..], depth]);
        return input.Rank > 1 && input[^1] == 1 ? new Shape([.. input[..^1], depth]) : new Shape([.. input, depth]);
    }

    /// <param name="numbers">Whole numbers, int64.</param>
    /// <param name="mode">How to write them.</param>
    /// <param name="depth">How many categories there are.</param>
    /// <param name="dtype">The element type of the result.</param>
    /// <param name="weights">What each element counts; 1 where null.</param>
    public static Tensor Encode(Tensor numbers, OutputMode mode, long depth, ScalarType dtype, Tensor? weights = null)
    {
        if (mode == OutputMode.Int) return numbers.to_type(dtype);
        if (numbers.ndim == 0) numbers = numbers.unsqueeze(0);
        if (mode == OutputMode.OneHot)
        {
            if (numbers.ndim > 1 && numbers.shape[^1] == 1) numbers = numbers.squeeze(-1);
            return torch.nn.functional.one_hot(numbers, depth + 1).narrow(-1, 0, depth).to_type(dtype);
        }
        var rows = SamplesLast(numbers);
        var amounts = weights is null ? torch.ones(rows.shape, dtype, rows.device) : SamplesLast(weights.to_type(dtype));
        // One column more for what is left out.
        var sums = torch.zeros([.. rows.shape[..^1], depth + 1], dtype, rows.device).scatter_add_(-1, rows, amounts).narrow(-1, 0, depth);
        return mode == OutputMode.MultiHot ? sums.gt(0).to_type(dtype) : sums;
    }

    private static Tensor SamplesLast(Tensor tensor) => tensor.ndim > 2 ? tensor.movedim([1], [-1]) : tensor;
}
