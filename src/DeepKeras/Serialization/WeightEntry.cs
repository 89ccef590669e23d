namespace DeepKeras.Serialization;

/// <summary>One tensor of a weight file, known before it is read.</summary>
/// <param name="Name">The key, such as <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Dtype">The element type.</param>
/// <param name="Shape">The extents.</param>
public sealed record WeightEntry(string Name, ScalarType Dtype, Shape Shape);
