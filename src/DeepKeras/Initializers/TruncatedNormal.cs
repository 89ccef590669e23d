namespace DeepKeras.Initializers;

/// <summary>Normally distributed numbers without those more than two standard deviations from the mean (Keras: <c>keras.initializers.TruncatedNormal</c>).</summary>
/// <remarks>The cut makes the standard deviation of the result 0.8796 · stddev.
/// <code>var d = Dense(10, kernelInitializer: new TruncatedNormal(stddev: 0.02));</code></remarks>
public sealed class TruncatedNormal : RandomInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="mean">Mean; 0 by default.</param>
    /// <param name="stddev">Standard deviation before the cut; 0.05 by default.</param>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public TruncatedNormal(double mean = 0, double stddev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = mean;
        Stddev = stddev;
    }

    /// <summary>Mean.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation before the cut.</summary>
    public double Stddev { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype) => DrawTruncatedNormal(shape, dtype, Mean, Stddev);
}
