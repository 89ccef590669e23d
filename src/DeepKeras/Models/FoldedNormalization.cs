using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// A convolution or dense layer and the BatchNormalization behind it as one layer, in inference: <c>γ · (W∗x + b − μ) / √(σ² + ε) + β</c> is such a layer
/// with the kernel <c>W · f</c> and the bias <c>β + (b − μ) · f</c>, where <c>f = γ / √(σ² + ε)</c>. They are computed anew when a weight has changed.
/// A kernel larger than the input stays as it is: a copy of it would take more memory than the normalization takes time.
/// </summary>
internal sealed class FoldedNormalization(Layer layer, IScalableLayer scalable, BatchNormalization normalization) : IInPlaceFinish
{
    private readonly Weight[] _weights = [.. layer.Weights, .. normalization.Weights];
    private readonly Lock _lock = new();
    private Folded? _folded;

    public bool HasFreshResult => true;

    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish)
    {
        if (torch.is_grad_enabled() || !scalable.IsScalable || !CanFold() || inputs[0].numel() < _weights[0].ElementCount) return ((IInPlaceFinish)normalization).Forward([layer.Forward(inputs[0], training)], training, finish);
        var (kernel, bias, _) = Fold();
        return scalable.Run(inputs[0], kernel, bias, finish);
    }

    // Values that somebody else may write to cannot be watched, and narrow ones lose too much when they are multiplied.
    private bool CanFold()
    {
        foreach (var weight in _weights)
        {
            if (weight.IsGivenAway || weight.Native.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return false;
        }
        return true;
    }

    private Folded Fold()
    {
        lock (_lock)
        {
            long changes = 0;
            foreach (var weight in _weights) changes += weight.Changes;
            if (_folded is { } known && known.Changes == changes) return known;
            using var scope = torch.NewDisposeScope();
            var (factor, summand) = normalization.InferenceAffine();
            var kernel = scalable.ScalableKernel.detach();
            var scaled = kernel.mul(factor.view([-1, .. Enumerable.Repeat(1L, (int)kernel.ndim - 1)]));
            var bias = scalable.NativeBias is { } own ? summand.addcmul(own.detach(), factor, 1) : summand;
            _folded?.Kernel.Dispose();
            _folded?.Bias.Dispose();
            return _folded = new(scope.Detach(scaled), scope.Detach(bias), changes);
        }
    }

    private sealed record Folded(Tensor Kernel, Tensor Bias, long Changes);
}
