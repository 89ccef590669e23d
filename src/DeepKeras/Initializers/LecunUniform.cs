namespace DeepKeras.Initializers;

/// <summary>U(−a, a) with a = √(3 / fanIn) (Keras: <c>keras.initializers.LecunUniform</c>; LeCun et al., 1998).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "lecun_uniform");</code></remarks>
public sealed class LecunUniform : VarianceScaling
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public LecunUniform(int? seed = null)
        : base(1, "fan_in", "uniform", seed)
    {
    }
}
