namespace DeepKeras.Layers;

/// <summary>Weights that are seen in another element type for a while.</summary>
internal sealed class NarrowWeights : IDisposable
{
    private readonly Weight[] _weights;

    public NarrowWeights(Weight[] weights, ScalarType type)
    {
        _weights = weights;
        foreach (var weight in weights) weight.See(type);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var weight in _weights) weight.SeeOwn();
    }
}
