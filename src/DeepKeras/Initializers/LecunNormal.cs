namespace DeepKeras.Initializers;

/// <summary>A normal distribution of variance 1 / fanIn, cut at two standard deviations; made for selu (Keras: <c>keras.initializers.LecunNormal</c>; LeCun et al., 1998).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "lecun_normal");</code></remarks>
public sealed class LecunNormal : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public LecunNormal(int? seed = null)
        : base(1, "fan_in", "truncated_normal", seed)
    {
    }
}
