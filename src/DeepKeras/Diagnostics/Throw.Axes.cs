using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NoSuchAxis(Layer layer, Axes axes, Shape input) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{layer.Where} works along axis {axes} but received {input}. Choose axes between 1 and {input.Rank - 1}, or negative ones that count from the end."));

    public static KerasException UnknownExtent(Layer layer, Axes axes, Shape input) =>
        new($"{layer.Where} expects known extents along axis {axes} but received {input}. Give Input a shape in which these are numbers.");

    public static KerasException OtherShape(Layer layer, Shape weights, Shape input) =>
        new($"{layer.Where} was built with weights of shape {weights} but received {input}. Give the shape that the layer was first called on, or use a layer of its own.");
}
