namespace DeepKeras.Initializers;

/// <summary>The base of initializers that draw random numbers.</summary>
/// <remarks>The numbers depend on the seed and the shape alone, so one object gives the same values on every call; make one object per weight.</remarks>
public abstract class RandomInitializer : Initializer
{
    // The scale that a normal distribution cut at ±2σ must get to have the standard deviation σ.
    internal const double TruncationFactor = 0.87962566103423978;

    /// <summary>Creates the initializer.</summary>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    protected RandomInitializer(int? seed)
    {
        Seed = seed ?? RandomSource.NextSeed();
        HasDrawnSeed = seed is null;
    }

    /// <summary>The seed, given or drawn.</summary>
    public int? Seed { get; private set; }

    /// <summary>Whether nobody gave the seed; such a one is not written into configs, so that a clone starts from new values, as in Keras.</summary>
    internal bool HasDrawnSeed { get; }

    /// <summary>One for a further weight: the same where the user gave the seed, else with a new one, so that the two weights differ.</summary>
    internal RandomInitializer ForAnother()
    {
        var copy = (RandomInitializer)MemberwiseClone();
        if (HasDrawnSeed) copy.Seed = RandomSource.NextSeed();
        return copy;
    }

    /// <summary>A generator that starts at the seed.</summary>
    private protected torch.Generator NewGenerator() => new(unchecked((ulong)(Seed ?? 0)), torch.CPU);

    private protected Tensor DrawUniform(long[] shape, ScalarType dtype, double low, double high)
    {
        using var generator = NewGenerator();
        return torch.rand(shape, dtype, torch.CPU, false, generator).mul_(high - low).add_(low);
    }

    private protected Tensor DrawNormal(long[] shape, ScalarType dtype, double mean, double deviation)
    {
        using var generator = NewGenerator();
        var values = torch.randn(shape, dtype, torch.CPU, false, generator).mul_(deviation);
        return mean == 0 ? values : values.add_(mean);
    }

    /// <summary>A normal distribution cut at two standard deviations: what lies outside is drawn again until nothing does.</summary>
    private protected Tensor DrawTruncatedNormal(long[] shape, ScalarType dtype, double mean, double deviation)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = NewGenerator();
        var values = torch.randn(shape, dtype, torch.CPU, false, generator);
        var flat = values.view(-1);
        // One value in 22 lies outside, so each round is 22 times shorter than the last; inverting the distribution function costs ten times as much.
        var outside = torch.nonzero(flat.abs().gt(2)).view(-1);
        for (var count = outside.shape[0]; count > 0; count = outside.shape[0])
        {
            var redrawn = torch.randn([count], dtype, torch.CPU, false, generator);
            flat.scatter_(0, outside, redrawn);
            outside = outside.masked_select(redrawn.abs().gt(2));
        }
        values.mul_(deviation);
        if (mean != 0) values.add_(mean);
        return values.MoveToOuterDisposeScope();
    }
}
