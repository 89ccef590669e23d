using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>Evenly distributed numbers (Keras: <c>keras.initializers.RandomUniform</c>); the default of embeddings.</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: new RandomUniform(-0.1, 0.1));</code></remarks>
[KerasName("random_uniform", "uniform")]
public sealed class RandomUniform : RandomInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="minval">Lower bound, included; −0.05 by default.</param>
    /// <param name="maxval">Upper bound, excluded; 0.05 by default.</param>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public RandomUniform(double minval = -0.05, double maxval = 0.05, int? seed = null)
        : base(seed)
    {
        Minval = minval;
        Maxval = maxval;
    }

    /// <summary>Lower bound.</summary>
    public double Minval { get; }

    /// <summary>Upper bound.</summary>
    public double Maxval { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => DrawUniform(shape, dtype, Minval, Maxval);
}
