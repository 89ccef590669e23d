namespace DeepKeras.Serialization;

/// <summary>One tensor of a safetensors file, as its header announces it.</summary>
/// <param name="Name">The key.</param>
/// <param name="Dtype">The element type.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Start">Where its bytes begin, counted from the end of the header.</param>
/// <param name="Length">How many bytes they are.</param>
public sealed record SafetensorsEntry(string Name, ScalarType Dtype, Shape Shape, long Start, long Length);
