namespace DeepKeras.Vision.Visualization;

/// <summary>An image that a model takes for something else.</summary>
/// <param name="Index">Its place in the data, from 0.</param>
/// <param name="TrueClass">The class it belongs to.</param>
/// <param name="Recognised">The class it was taken for.</param>
/// <param name="Probability">How sure the model was of that, 0 … 1.</param>
/// <param name="Image">A copy of the image, uint8 <c>(H, W, 1 or 3)</c>.</param>
public sealed record MisclassifiedSample(long Index, int TrueClass, int Recognised, double Probability, Tensor Image);
