using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <summary>The first bias of an LSTM: the forget gate, the second of four blocks, starts open with ones (Jozefowicz et al. 2015).</summary>
/// <param name="others">How the other blocks are filled.</param>
internal sealed class UnitForgetBias(Initializer others) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        var units = shape[0] / 4;
        return torch.cat([others.Create([units], dtype), torch.ones([units], dtype), others.Create([2 * units], dtype)], 0).MoveToOuterDisposeScope();
    }
}
