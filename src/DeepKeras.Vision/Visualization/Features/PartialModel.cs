namespace DeepKeras.Vision.Visualization;

/// <summary>A model up to some of its layers, over the same weights, that takes images of any size that these layers take.</summary>
internal sealed class PartialModel(Model whole, IReadOnlyList<KerasTensor> outputs) : Model([whole.Input], [.. outputs], name: $"part_of_{whole.Name}")
{
    /// <summary>Runs the layers as in inference, so that gradients can flow. The declared size of the input is not held against the images.</summary>
    public IReadOnlyList<Tensor> Read(Tensor images) => ForwardMany([images], training: false);
}
