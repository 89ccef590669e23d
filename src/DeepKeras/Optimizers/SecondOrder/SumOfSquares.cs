namespace DeepKeras;

/// <summary>A loss as a sum of squares, and what comes on top.</summary>
/// <param name="Residuals">One axis; the sum of their squares is the loss.</param>
/// <param name="Penalty">What regularizers add, or null.</param>
internal sealed record SumOfSquares(Tensor Residuals, Tensor? Penalty)
{
    /// <summary>The whole loss.</summary>
    public double Total()
    {
        using var scope = torch.NewDisposeScope();
        var sum = Residuals.detach().to_type(ScalarType.Float64).square().sum();
        return (Penalty is null ? sum : sum.add(Penalty.detach())).item<double>();
    }
}
