using DeepKeras.Layers;

namespace DeepKeras;

/// <content>Masks.</content>
internal static partial class Throw
{
    public static KerasException MaskShape(Layer layer, Shape input, Shape mask) =>
        new($"{layer.Where} expects a mask with one element per step, {input[..^1]} for inputs of {input}, but received a mask of {mask}. Leave the axis of the channels out of the mask.");

    public static KerasException MaskCount(Layer layer, int inputs, int masks) =>
        new($"{layer.Where} expects one mask for each of its {inputs} inputs but received {masks}. Give null for an input whose steps all count.");

    /// <summary>A word of warning, not an error: Keras goes on, too.</summary>
    public static string MaskEnds(Layer layer) =>
        $"Note: {layer.Where} receives a mask but does not keep it, so the layers behind it, the loss and the metrics count all steps. Mask where you want it to end, or use a layer that keeps masks.";
}
