using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// A convolution or dense layer and the BatchNormalization behind it as one layer, in inference: <c>γ · (W∗x + b − μ) / √(σ² + ε) + β</c> is such a layer
/// with the kernel <c>W · f</c> and the bias <c>β + (b − μ) · f</c>, where <c>f = γ / √(σ² + ε)</c>. They are computed anew when a weight has changed.
/// Our own convolutions scale the kernel on the way. Elsewhere a kernel larger than the input stays as it is: a copy of it would take more memory than the normalization takes time.
/// </summary>
internal sealed class FoldedNormalization(Layer layer, IScalableLayer scalable, BatchNormalization normalization) : IInPlaceFinish
{
    private readonly Weight[] _weights = [.. layer.Weights, .. normalization.Weights];
    private readonly Lock _lock = new();
    private Folded? _folded;

    public bool HasFreshResult => true;

    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish)
    {
        if (torch.is_grad_enabled() || !scalable.IsScalable || !CanFold()) return Apart(inputs[0], training, finish);
        var folded = Fold();
        if (scalable.RunScaled(inputs[0], folded.Factor, folded.Bias, finish) is { } result) return result;
        return inputs[0].numel() < _weights[0].ElementCount ? Apart(inputs[0], training, finish) : scalable.Run(inputs[0], Kernel(folded), folded.Bias, finish);
    }

    /// <summary>Runs and adds on the way; null where that takes a step of its own.</summary>
    /// <param name="input">The convolution's.</param>
    /// <param name="addend">Is added to the result.</param>
    /// <param name="finish">Changes the sum in place.</param>
    /// <param name="overwrites">Whether the sum may take the addend's memory.</param>
    public Tensor? ForwardOnto(Tensor input, Tensor addend, Func<Tensor, Tensor> finish, bool overwrites)
    {
        if (torch.is_grad_enabled() || !scalable.IsScalable || !CanFold()) return null;
        var folded = Fold();
        return scalable.RunScaled(input, folded.Factor, folded.Bias, finish, addend, overwrites);
    }

    private Tensor Apart(Tensor input, bool training, Func<Tensor, Tensor> finish) => ((IInPlaceFinish)normalization).Forward([layer.Forward(input, training)], training, finish);

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
            var bias = scalable.NativeBias is { } own ? summand.addcmul(own.detach(), factor, 1) : summand;
            _folded?.Free();
            return _folded = new(scope.Detach(factor), scope.Detach(bias), changes);
        }
    }

    private Tensor Kernel(Folded folded)
    {
        lock (_lock)
        {
            if (folded.Kernel is { } known) return known;
            using var scope = torch.NewDisposeScope();
            var kernel = scalable.ScalableKernel.detach();
            return folded.Kernel = scope.Detach(kernel.mul(folded.Factor.view([-1, .. Enumerable.Repeat(1L, (int)kernel.ndim - 1)])));
        }
    }

    private sealed record Folded(Tensor Factor, Tensor Bias, long Changes)
    {
        public Tensor? Kernel { get; set; }

        public void Free()
        {
            Factor.Dispose();
            Bias.Dispose();
            Kernel?.Dispose();
        }
    }
}
