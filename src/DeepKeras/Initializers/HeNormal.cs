namespace DeepKeras.Initializers;

/// <summary>A normal distribution of variance 2 / fanIn, cut at two standard deviations; made for rectifiers (Keras: <c>keras.initializers.HeNormal</c>; He et al., 2015).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "he_normal");</code></remarks>
public sealed class HeNormal : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public HeNormal(int? seed = null)
        : base(2, "fan_in", "truncated_normal", seed)
    {
    }
}
