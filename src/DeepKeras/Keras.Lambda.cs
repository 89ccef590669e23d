namespace DeepKeras;

/// <content>Functions of several tensors as layers.</content>
public static partial class Keras
{
    /// <summary>A function of two tensors as a layer: <c>Lambda((a, b) => (a - b).abs())(left, right)</c>.</summary>
    /// <param name="function">The computation. It must keep the batch on axis 0.</param>
    /// <param name="outputShape">The shape of one sample of the result, without the batch axis; found by running when absent.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public static LayerCall Lambda(Func<Tensor, Tensor, Tensor> function, Shape? outputShape = null, string? name = null) =>
        new Layers.Lambda(inputs => inputs.Count == 2 ? function(inputs[0], inputs[1]) : throw Throw.TwoTensors(inputs.Count), outputShape, name).AsCall();

    /// <summary>A function of any number of tensors as a layer: <c>Lambda((IReadOnlyList&lt;Tensor&gt; all) => torch.stack(all, 1))(a, b, c)</c>.</summary>
    /// <param name="function">The computation. It must keep the batch on axis 0.</param>
    /// <param name="outputShape">The shape of one sample of the result, without the batch axis; found by running when absent.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public static LayerCall Lambda(Func<IReadOnlyList<Tensor>, Tensor> function, Shape? outputShape = null, string? name = null) =>
        new Layers.Lambda(function, outputShape, name).AsCall();
}
