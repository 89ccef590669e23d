using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>Normally distributed numbers (Keras: <c>keras.initializers.RandomNormal</c>).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: new RandomNormal(stddev: 0.01));</code></remarks>
[KerasName("random_normal", "normal")]
public sealed class RandomNormal : RandomInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="mean">Mean; 0 by default.</param>
    /// <param name="stddev">Standard deviation; 0.05 by default.</param>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public RandomNormal(double mean = 0, double stddev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = mean;
        Stddev = stddev;
    }

    /// <summary>Mean.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation.</summary>
    public double Stddev { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => DrawNormal(shape, dtype, Mean, Stddev);
}
