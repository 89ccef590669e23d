namespace DeepKeras.Serialization;

/// <summary>A tensor to write that is fetched only when its turn comes.</summary>
/// <param name="Name">The key.</param>
/// <param name="Dtype">The element type.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Get">Gives the values; called once, inside a dispose scope.</param>
internal sealed record TensorSource(string Name, ScalarType Dtype, long[] Shape, Func<Tensor> Get);
