namespace DeepKeras.Layers;

/// <summary>What the dropouts of whole channels of sequences and volumes share.</summary>
public abstract class SpatialDropoutBase : Layer, IRandomLayer
{
    private readonly int _axes;
    private readonly DataFormat _format;
    private readonly RandomStream _random;

    private protected SpatialDropoutBase(int axes, double rate, DataFormat format, int? seed, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and <= 1)) throw Throw.DropRate(Where, rate);
        Rate = rate;
        Seed = seed;
        _axes = axes;
        _format = format;
        _random = new(seed);
    }

    /// <summary>The share of channels dropped.</summary>
    public double Rate { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal sealed override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        _ = SpatialAxes.Read(this, input, _format, _axes);
        return input;
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        if (!training || Rate == 0) return input;
        if (Rate == 1) return input.mul(0);
        var mask = input.shape;
        Array.Fill(mask, 1, SpatialAxes.First(_format), _axes);
        return input.mul(Noise.KeepMask(mask, input, Rate, _random));
    }
}
