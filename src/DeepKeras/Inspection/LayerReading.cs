using System.Collections;

namespace DeepKeras.Inspection;

/// <summary>What a <see cref="LayerReader"/> read in one forward pass: a tensor per layer, and the model's outputs.</summary>
public sealed class LayerReading : IReadOnlyList<Tensor>
{
    private readonly Tensor[] _layers;

    internal LayerReading(Tensor[] outputs, Tensor[] layers, Tensor logits)
    {
        Outputs = outputs;
        _layers = layers;
        Logits = logits;
    }

    /// <summary>How many layers were read.</summary>
    public int Count => _layers.Length;

    /// <summary>The (first) output of a layer, with the batch axis first.</summary>
    /// <param name="index">From 0, in the order of <see cref="LayerReader.Layers"/>.</param>
    public Tensor this[int index] => _layers[index];

    /// <summary>The model's outputs.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>The model's first output.</summary>
    public Tensor Output => Outputs[0];

    /// <summary>
    /// The first output before its softmax or sigmoid (<see cref="LayerReader.OutputActivation"/>), computed from that layer's input;
    /// the output itself where there is no such activation.
    /// </summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_layers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
