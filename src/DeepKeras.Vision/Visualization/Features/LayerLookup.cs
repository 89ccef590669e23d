using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>Layers by name.</summary>
internal static class LayerLookup
{
    /// <exception cref="KerasException">There is no such layer; the message lists the nearest names.</exception>
    public static Layer Find(Model model, string name) => model.Layers.FirstOrDefault(l => l.Name == name) ?? throw Throw.UnknownLayer(model, name);
}
