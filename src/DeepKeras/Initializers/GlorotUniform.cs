namespace DeepKeras.Initializers;

/// <summary>U(−a, a) with a = √(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010); the default of kernels.</summary>
public sealed class GlorotUniform : Initializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made, so that one object gives the same values on every call.</param>
    public GlorotUniform(int? seed = null) => Seed = seed ?? RandomSource.NextSeed();

    /// <summary>The seed.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        var receptive = shape.Length > 2 ? shape[..^2].Aggregate(1L, (a, b) => a * b) : 1;
        var fanIn = shape.Length == 1 ? shape[0] : shape[^2] * receptive;
        var fanOut = shape.Length == 1 ? shape[0] : shape[^1] * receptive;
        var limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        return torch.rand(shape, dtype).mul_(2 * limit).sub_(limit);
    }
}
