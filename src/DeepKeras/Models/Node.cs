using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>One call of a layer on symbolic tensors: an edge bundle of the graph.</summary>
internal sealed class Node
{
    public Node(Layer layer, IReadOnlyList<KerasTensor> inputs, IReadOnlyList<Shape> outputShapes, ScalarType outputType)
    {
        Layer = layer;
        Inputs = inputs;
        Index = layer.Nodes.Count;
        Outputs = [.. outputShapes.Select((shape, i) => new KerasTensor(shape, outputType, layer.Name, this, i))];
    }

    public Layer Layer { get; }

    /// <summary>The position of this call among the layer's calls.</summary>
    public int Index { get; }

    public IReadOnlyList<KerasTensor> Inputs { get; }

    public IReadOnlyList<KerasTensor> Outputs { get; }
}
