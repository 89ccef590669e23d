namespace DeepKeras.Layers;

/// <summary>A layer whose result depends on the masks of its inputs (Keras: a layer with <c>mask</c> among the arguments of its <c>call</c>).</summary>
public interface IMaskConsumer
{
    /// <summary>Computes every output. Called in place of <c>Forward</c> where at least one input has a mask.</summary>
    /// <param name="inputs">The inputs in call order.</param>
    /// <param name="masks">The mask of each input, <c>(N, steps)</c> of <c>bool</c>, true where a step counts; <see langword="null"/> where it has none.</param>
    /// <param name="training">Whether this is a training step.</param>
    IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training);
}
