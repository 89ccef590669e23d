namespace DeepKeras.Layers;

/// <summary>One of the features that <see cref="HashedCrossing"/> crosses: texts, or whole numbers as a tensor or an array.</summary>
public sealed class CategoryFeature
{
    private CategoryFeature(Strings? texts, Tensor? numbers) => (Texts, Numbers) = (texts, numbers);

    internal Strings? Texts { get; }

    internal Tensor? Numbers { get; }

    internal Shape Shape => Texts?.Shape ?? Shape.Of(Numbers!);

    /// <summary>Texts.</summary>
    public static implicit operator CategoryFeature(Strings texts) => new(texts, null);

    /// <summary>Texts.</summary>
    public static implicit operator CategoryFeature(string[] texts) => new(texts, null);

    /// <summary>Whole numbers.</summary>
    public static implicit operator CategoryFeature(Tensor numbers) => new(null, numbers);

    /// <summary>Whole numbers.</summary>
    public static implicit operator CategoryFeature(long[] numbers) => new(null, torch.tensor(numbers));

    /// <summary>Whole numbers.</summary>
    public static implicit operator CategoryFeature(int[] numbers) => new(null, torch.tensor(numbers));
}
