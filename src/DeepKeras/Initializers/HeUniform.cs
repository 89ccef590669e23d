namespace DeepKeras.Initializers;

/// <summary>U(−a, a) with a = √(6 / fanIn); made for rectifiers (Keras: <c>keras.initializers.HeUniform</c>; He et al., 2015).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "he_uniform");</code></remarks>
public sealed class HeUniform : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public HeUniform(int? seed = null)
        : base(2, "fan_in", "uniform", seed)
    {
    }
}
