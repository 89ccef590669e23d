namespace DeepKeras;

/// <summary>The loss at one place of a line.</summary>
/// <param name="Length">How far along, in directions.</param>
/// <param name="Value">The loss.</param>
/// <param name="Slope">Its derivative by the length.</param>
/// <param name="Gradient">Its gradient by the weights.</param>
internal sealed record LineTrial(double Length, double Value, double Slope, Tensor Gradient)
{
    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Slope);
}
