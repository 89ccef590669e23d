namespace DeepKeras.Initializers;

/// <summary>All zeros.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => torch.zeros(shape, dtype);
}
