using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// Runs a layer of a mixed <see cref="DtypePolicy"/>, or one among such: floating inputs take the type that the layer computes in, and so do its trained
/// weights while it runs. The narrowing is part of the computation, so gradients reach the weights in their own type.
/// </summary>
internal sealed class MixedPrecision : Layer, IMaskConsumer
{
    private readonly Layer _layer;
    private readonly ScalarType _type;
    // Statistics are changed in place, low-rank changes are too small for few digits, and normalisations compute in float32 whatever comes.
    private readonly Weight[] _narrowed;

    private MixedPrecision(Layer layer)
        : base(name: layer.Name)
    {
        _layer = layer;
        _type = layer.DtypePolicy.ComputeType;
        _narrowed = layer.DtypePolicy.IsMixed ? [.. layer.Weights.Where(w => w.IsTrained && !w.IsChangeOfAnother && w.Owner is not NormalizationLayer)] : [];
    }

    /// <summary>Makes the steps of a plan mixed where one of their layers is.</summary>
    /// <returns>Whether one is.</returns>
    public static bool Apply(IReadOnlyList<PlanStep> steps)
    {
        if (!steps.Any(s => s.Layer.DtypePolicy.IsMixed)) return false;
        foreach (var step in steps) (step.Runner, step.Fused) = (new MixedPrecision(step.Layer), null);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        using var narrow = Narrow();
        return _layer.Forward(Cast(input), training);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        using var narrow = Narrow();
        return _layer.Forward([.. inputs.Select(Cast)], training);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training)
    {
        using var narrow = Narrow();
        return _layer.ForwardMany([.. inputs.Select(Cast)], training);
    }

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training)
    {
        using var narrow = Narrow();
        return ((IMaskConsumer)_layer).Forward([.. inputs.Select(Cast)], masks, training);
    }

    // Ids stay as they are: a narrow type tells few whole numbers apart.
    private Tensor Cast(Tensor input) => input.is_floating_point() && input.dtype != _type && _layer.InputType is null ? input.to_type(_type) : input;

    private NarrowWeights? Narrow() => _narrowed.Length > 0 ? new NarrowWeights(_narrowed, _type) : null;
}
