namespace DeepKeras.Initializers;

/// <summary>A normal distribution of variance 2 / (fanIn + fanOut), cut at two standard deviations (Keras: <c>keras.initializers.GlorotNormal</c>; Glorot and Bengio, 2010).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "glorot_normal");</code></remarks>
public sealed class GlorotNormal : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public GlorotNormal(int? seed = null)
        : base(1, "fan_avg", "truncated_normal", seed)
    {
    }
}
