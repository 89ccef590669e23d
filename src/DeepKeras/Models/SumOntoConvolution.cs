using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>The end of a residual block in inference, in one step: a convolution with its normalization, added to the other branch.</summary>
/// <param name="layer">The layer that adds.</param>
/// <param name="convolution">Makes the first summand from the step's first input; the second input is the other one.</param>
/// <param name="overwrites">Whether the sum may take the memory of the other one.</param>
internal sealed class SumOntoConvolution(Add layer, FoldedNormalization convolution, bool overwrites) : IInPlaceFinish
{
    public bool HasFreshResult => true;

    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish)
    {
        if (convolution.ForwardOnto(inputs[0], inputs[1], finish, overwrites) is { } result) return result;
        var own = convolution.Forward([inputs[0]], training, static x => x);
        return finish(OverwritingSum.Sum(layer, [own, inputs[1]], 0, training));
    }
}
