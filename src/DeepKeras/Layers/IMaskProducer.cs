namespace DeepKeras.Layers;

/// <summary>
/// A layer that makes a mask or changes the one it gets (Keras: <c>compute_mask</c>). A mask is a tensor of <c>bool</c>, one element per sample and
/// step, true where a step counts; it travels beside the values, through every layer that keeps it, to the losses and metrics.
/// </summary>
/// <remarks>A layer that only hands its input's mask on overrides <see cref="Layer.SupportsMasking"/> instead.</remarks>
public interface IMaskProducer
{
    /// <summary>Whether the (first) output has a mask. Pure: asked once, when a model is compiled into a plan.</summary>
    /// <param name="inputs">For each input whether it has one.</param>
    bool ProducesMask(IReadOnlyList<bool> inputs);

    /// <summary>The mask of the (first) output; only called where <see cref="ProducesMask"/> says there is one.</summary>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="masks">The mask of each input, <see langword="null"/> where it has none.</param>
    /// <returns><c>(N, steps)</c> of <c>bool</c>.</returns>
    Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks);
}
