using System.Collections;
using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>The layers of a model; indices from the end and ranges work: <c>model.Layers[^2]</c>, <c>model.Layers[..6]</c>.</summary>
public sealed class LayerList : IReadOnlyList<Layer>
{
    private readonly IReadOnlyList<Layer> _layers;

    internal LayerList(IReadOnlyList<Layer> layers) => _layers = layers;

    /// <inheritdoc/>
    public int Count => _layers.Count;

    /// <inheritdoc/>
    public Layer this[int index] => _layers[index];

    /// <summary>Some layers in a row, so that ranges work.</summary>
    /// <param name="start">The first.</param>
    /// <param name="length">How many.</param>
    public LayerList Slice(int start, int length) => new([.. _layers.Skip(start).Take(length)]);

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
