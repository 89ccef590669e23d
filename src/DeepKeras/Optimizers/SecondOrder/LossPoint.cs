namespace DeepKeras;

/// <summary>The loss at one place of the weights.</summary>
/// <param name="Value">The loss.</param>
/// <param name="Gradient">Its gradient, float64.</param>
/// <param name="Hessian">Its second derivatives, where they were asked for.</param>
internal sealed record LossPoint(double Value, Tensor Gradient, Tensor? Hessian);
