using System.Diagnostics.CodeAnalysis;
using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>A factor for the loss of each class: <c>new Dictionary&lt;int, double&gt; { [1] = 5 }</c> (1 where one is missing), <c>[1.0, 5.0]</c> by class, or one of these by output name.</summary>
public sealed class ClassWeight
{
    private readonly IReadOnlyDictionary<int, double>? _factors;
    private readonly IReadOnlyDictionary<string, ClassWeight>? _named;

    private ClassWeight(IReadOnlyDictionary<int, double> factors) => _factors = factors;

    private ClassWeight(IReadOnlyDictionary<string, ClassWeight> named) => _named = named;

    /// <summary>Weights per sample, or per position of a segmentation; <see langword="null"/> for outputs whose classes have none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="targets">One tensor per output.</param>
    internal Tensor?[] ToSampleWeights(Model model, IReadOnlyList<Tensor> targets)
    {
        var names = model.OutputNames;
        if (_named is null && names.Count != 1) throw Throw.ClassWeightOutputs(model);
        if (_named?.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownOutput(model, "classWeight", stranger);
        return [.. targets.Select((target, i) => (_named is null ? this : _named.GetValueOrDefault(names[i]))?._factors is { } factors ? Weigh(target, target.ndim == model.Outputs[i].Shape.Rank, factors) : null)];
    }

    /// <summary>A batch whose sample weights are those of its classes.</summary>
    internal Batch Weigh(Model model, Batch batch)
    {
        batch = model.Preparer.Arrange(batch);
        return batch.SampleWeights is null ? batch with { SampleWeights = ToSampleWeights(model, batch.Targets) } : throw Throw.BothWeights();
    }

    /// <summary>The factor of each target's class.</summary>
    /// <param name="targets">Class numbers (n, …) or (n, …, 1), or one-hot rows (n, …, classes).</param>
    /// <param name="hasClassAxis">Whether the last axis is one of the latter two; a picture of class numbers may be as wide as there are classes, so the output's rank tells.</param>
    /// <param name="factors">A factor per class; 1 where one is missing.</param>
    internal static Tensor Weigh(Tensor targets, bool hasClassAxis, IReadOnlyDictionary<int, double> factors)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var classes = !hasClassAxis || targets.ndim < 2 ? targets : targets.size(-1) > 1 ? targets.argmax(-1) : targets.squeeze(-1);
        var weights = torch.ones(classes.shape, ScalarType.Float32, classes.device);
        foreach (var (number, factor) in factors) weights = weights.masked_fill(classes.eq(number), factor);
        return weights.MoveToOuterDisposeScope();
    }

    /// <summary>Factors by class number; 1 where one is missing. A variable that is <see langword="null"/> weighs nothing.</summary>
    [return: NotNullIfNotNull(nameof(factors))]
    public static implicit operator ClassWeight?(Dictionary<int, double>? factors) => factors is null ? null : new(factors);

    /// <summary>A factor per class, in order.</summary>
    public static implicit operator ClassWeight(double[] factors) => new(factors.Select((f, i) => (f, i)).ToDictionary(p => p.i, p => p.f));

    /// <summary>Factors by output name; outputs that are not named are not weighed.</summary>
    public static implicit operator ClassWeight(Dictionary<string, ClassWeight> named) => new(named);

    /// <summary>Factors by output name and class number.</summary>
    public static implicit operator ClassWeight(Dictionary<string, Dictionary<int, double>> named) => new(named.ToDictionary(p => p.Key, p => new ClassWeight(p.Value), StringComparer.Ordinal));
}
