using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException WeightShape(Weight weight, long[] received) =>
        new($"Weight '{weight.Path}' expects shape {weight.Shape} but received {new Shape(received)}. Give values of the layer's own shape, in Keras's layout.");

    public static KerasException WeightCount(Layer layer, int expected, int received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{layer.Where} expects {expected} weight arrays but received {received}. Pass as many as layer.Weights lists: {string.Join(", ", layer.Weights.Select(w => $"{w.Path} {w.Shape}"))}."));
}
