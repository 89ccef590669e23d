using System.Reflection;
using DeepKeras.Losses;

namespace DeepKeras.Tests.Losses;

/// <summary>Every built-in loss, found by reflection, with targets and predictions that it accepts.</summary>
internal static class LossSamples
{
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Loss).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsSubclassOf(typeof(Loss))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    public static Loss Create(Type type, Reduction reduction = default)
    {
        var constructor = type.GetConstructors().Single();
        return (Loss)constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(Reduction) ? reduction : p.DefaultValue)]);
    }

    /// <summary>Variants whose formulas differ from the default's.</summary>
    public static IEnumerable<Loss> Variants =>
    [
        new BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.2),
        new BinaryCrossentropy(labelSmoothing: 0.2),
        new BinaryFocalCrossentropy(applyClassBalancing: true, gamma: 1.5, labelSmoothing: 0.1),
        new BinaryFocalCrossentropy(fromLogits: true),
        new CategoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1),
        new CategoricalFocalCrossentropy(fromLogits: true, labelSmoothing: 0.1),
        new CategoricalGeneralizedCrossEntropy(q: 0.8),
        new Huber(delta: 0.2),
        new SparseCategoricalCrossentropy(fromLogits: true),
        new SparseCategoricalCrossentropy(ignoreClass: 1),
        new Dice(axis: [1]),
        new Tversky(alpha: 0.3, beta: 0.7, axis: [1]),
        new CosineSimilarity(axis: 0),
        new Circle(removeDiagonal: false),
    ];

    /// <summary>Probabilities for predictions, one-hot or class numbers for targets; (5, 4), or sequences for CTC.</summary>
    public static (Tensor True, Tensor Pred) Data(Loss loss, ScalarType type = ScalarType.Float64)
    {
        if (loss is CTC) return (Integers([1, 2, 0, 3, 3, 1], 2, 3), Sample(type, 2, 8, 4));
        var classes = Integers([1, 3, 0, 1, 3], 5);
        var probabilities = torch.nn.functional.softmax(Sample(type, 5, 4), -1);
        if (loss is Circle) return (classes, probabilities.div(probabilities.square().sum(-1, true).sqrt()));
        return loss.TargetsAreClasses
            ? (classes, probabilities)
            : (torch.nn.functional.one_hot(classes, 4).to_type(type), probabilities);
    }
}
