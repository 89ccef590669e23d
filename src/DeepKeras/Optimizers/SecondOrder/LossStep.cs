namespace DeepKeras;

/// <summary>A step that was taken.</summary>
/// <param name="Step">By how much the weights changed.</param>
/// <param name="GradientChange">By how much the gradient changed.</param>
/// <param name="Gradient">The gradient before.</param>
/// <param name="Direction">The direction, as long as the rule made it.</param>
/// <param name="Promise">Step length times slope: what a straight line would have lost.</param>
internal sealed record LossStep(Tensor Step, Tensor GradientChange, Tensor Gradient, Tensor Direction, double Promise);
