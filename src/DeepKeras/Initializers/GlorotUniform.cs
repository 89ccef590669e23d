namespace DeepKeras.Initializers;

/// <summary>U(−a, a) with a = √(6 / (fanIn + fanOut)); the default of kernels (Keras: <c>keras.initializers.GlorotUniform</c>; Glorot and Bengio, 2010).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "glorot_uniform");</code></remarks>
public sealed class GlorotUniform : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public GlorotUniform(int? seed = null)
        : base(1, "fan_avg", "uniform", seed)
    {
    }
}
