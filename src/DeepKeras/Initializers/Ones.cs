using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>All ones (Keras: <c>keras.initializers.Ones</c>); the default of the scale of normalisation layers.</summary>
/// <remarks><code>var n = BatchNormalization(gammaInitializer: "ones");</code></remarks>
[KerasName("ones", "one")]
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => torch.ones(shape, dtype);
}
