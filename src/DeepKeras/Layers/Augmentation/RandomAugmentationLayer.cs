namespace DeepKeras.Layers;

/// <summary>The base of image layers that draw random numbers; outside training they hand images on.</summary>
public abstract class RandomAugmentationLayer : ImageAugmentationLayer, IRandomLayer
{
    private readonly RandomStream _random;

    private protected RandomAugmentationLayer(int? seed, DataFormat dataFormat, Shape? inputShape, string? name)
        : base(dataFormat, inputShape, name)
    {
        Seed = seed;
        _random = new(seed);
    }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    internal sealed override ImageTransform? Transform(ImageBatch batch, bool training) =>
        training && batch.Count > 0 ? Draw(new KeyedRandom(_random.Next()), batch) : AtInference(batch);

    /// <summary>Draws what is to be done with each image.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="batch">The images.</param>
    internal abstract ImageTransform? Draw(KeyedRandom random, ImageBatch batch);

    /// <summary>What is done outside training; nothing by default.</summary>
    private protected virtual ImageTransform? AtInference(ImageBatch batch) => null;

    /// <summary>One number per image.</summary>
    private protected static T[] PerImage<T>(ImageBatch batch, Func<T> draw)
    {
        var values = new T[batch.Count];
        for (var i = 0; i < values.Length; i++) values[i] = draw();
        return values;
    }
}
