namespace DeepKeras.Vision.Visualization;

/// <summary>Random numbers that depend on a seed alone: neither on the device, nor on what else draws numbers, and others notice nothing.</summary>
internal sealed class SeededNoise(int seed)
{
    private readonly System.Random _random = new(seed);

    /// <summary>A whole number from −reach to reach.</summary>
    public int Shift(int reach) => _random.Next(-reach, reach + 1);

    /// <summary>Normally distributed numbers (Box and Muller, 1958).</summary>
    public Tensor Normal(params long[] shape)
    {
        var values = new float[shape.TotalSize()];
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
            values[i] = (float)(radius * cosine);
            if (i + 1 < values.Length) values[i + 1] = (float)(radius * sine);
        }
        return torch.tensor(values, shape);
    }
}
