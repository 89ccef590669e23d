using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>All zeros (Keras: <c>keras.initializers.Zeros</c>); the default of biases.</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "zeros");</code></remarks>
[KerasName("zeros", "zero")]
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => torch.zeros(shape, dtype);
}
