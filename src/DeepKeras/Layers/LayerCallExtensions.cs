using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>Access to the layer behind a <see cref="LayerCall"/>.</summary>
public static class LayerCallExtensions
{
    extension(LayerCall call)
    {
        /// <summary>The layer that this call applies.</summary>
        /// <exception cref="KerasException">The delegate was not made from a layer.</exception>
        public Layer Layer => call.Target as Layer ?? throw Throw.NotALayer(call);
    }
}
