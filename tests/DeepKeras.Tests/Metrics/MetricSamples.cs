using DeepKeras.Metrics;

namespace DeepKeras.Tests.Metrics;

/// <summary>Every built-in metric, found by reflection, with targets and predictions that it accepts.</summary>
internal static class MetricSamples
{
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Metric).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsSubclassOf(typeof(Metric))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    public static Metric Create(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return (Metric)constructor.Invoke([.. constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : p.Name switch
        {
            "numClasses" => 4,
            "targetClassIds" => new[] { 0, 2 },
            "loss" => new DeepKeras.Losses.MeanSquaredError(),
            "function" => (Func<Tensor, Tensor, Tensor>)((y, p) => p.sub(y).abs()),
            _ => 0.5,
        })]);
    }

    /// <summary>(6, 4) probabilities and one-hot targets; for some metrics class numbers.</summary>
    public static (Tensor True, Tensor Pred) Data(Metric metric)
    {
        var classes = Integers([1, 3, 0, 1, 2, 0], 6);
        var probabilities = torch.nn.functional.softmax(Sample(ScalarType.Float32, 6, 4).mul(3), -1);
        return metric switch
        {
            OneHotIoU or OneHotMeanIoU => (torch.nn.functional.one_hot(classes, 4), probabilities),
            BinaryIoU => (torch.nn.functional.one_hot(classes, 4), probabilities),
            IoU => (classes, Integers([1, 3, 2, 1, 2, 1], 6)),
            SparseCategoricalAccuracy or SparseTopKCategoricalAccuracy or SparseCategoricalCrossentropy => (classes, probabilities),
            _ => (torch.nn.functional.one_hot(classes, 4).to_type(ScalarType.Float32), probabilities),
        };
    }
}
