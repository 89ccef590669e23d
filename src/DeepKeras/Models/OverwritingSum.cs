using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>A sum in the memory of one of its summands, which nobody else needs.</summary>
/// <param name="layer">The layer that adds.</param>
/// <param name="own">Which input may be overwritten.</param>
internal sealed class OverwritingSum(Add layer, int own) : IInPlaceFinish
{
    public bool HasFreshResult => true;

    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => finish(Sum(layer, inputs, own, training));

    /// <summary>The sum of tensors in the memory of one of them, where that may be.</summary>
    public static Tensor Sum(Add layer, IReadOnlyList<Tensor> inputs, int own, bool training)
    {
        var sum = inputs[own];
        if (torch.is_grad_enabled() || !HoldsAll(sum, inputs)) return layer.Forward(inputs, training);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (i != own) sum = sum.add_(inputs[i]);
        }
        return sum;
    }

    // A smaller summand would have to be stretched, and another type converted.
    private static bool HoldsAll(Tensor sum, IReadOnlyList<Tensor> inputs)
    {
        var shape = sum.shape;
        foreach (var input in inputs)
        {
            if (input.dtype != sum.dtype || !input.shape.AsSpan().SequenceEqual(shape)) return false;
        }
        return true;
    }
}
