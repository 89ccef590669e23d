namespace DeepKeras.Layers;

/// <summary>
/// How a layer of categories writes what it found: <c>"int"</c> (the number of the category, int64), <c>"one_hot"</c> (a vector per element), <c>"multi_hot"</c>
/// (a vector per sample, 1 for every category in it), <c>"count"</c> (how often each is in it) or <c>"tf_idf"</c> (the counts, rare categories weighing more).
/// </summary>
public readonly record struct OutputMode
{
    private readonly string? _name;

    private OutputMode(string name) => _name = name;

    /// <summary>The number of the category.</summary>
    public static OutputMode Int => default;

    /// <summary>A vector per element.</summary>
    public static OutputMode OneHot { get; } = new("one_hot");

    /// <summary>A vector per sample, 1 for every category in it.</summary>
    public static OutputMode MultiHot { get; } = new("multi_hot");

    /// <summary>A vector per sample that counts its categories.</summary>
    public static OutputMode Count { get; } = new("count");

    /// <summary>The counts, each times the category's inverse document frequency.</summary>
    public static OutputMode TfIdf { get; } = new("tf_idf");

    /// <inheritdoc/>
    public override string ToString() => _name ?? "int";

    /// <summary>The mode of that name; <c>"binary"</c> and <c>"tf-idf"</c> are Keras's older words.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator OutputMode(string name) => name switch
    {
        "int" => Int,
        "one_hot" => OneHot,
        "multi_hot" or "binary" => MultiHot,
        "count" => Count,
        "tf_idf" or "tf-idf" => TfIdf,
        _ => throw Throw.UnknownName("outputMode", name, ["int", "one_hot", "multi_hot", "count", "tf_idf"]),
    };
}
