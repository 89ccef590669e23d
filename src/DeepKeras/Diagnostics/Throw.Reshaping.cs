using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException ReshapeMismatch(Layer layer, Shape input, long elements, Shape target, long known, bool hasFree) => BadInput(
        layer,
        hasFree ? $"samples whose number of elements is a multiple of {known}, for targetShape {target}," : $"samples of {known} elements, for targetShape {target},",
        $"{input}, which is {elements} per sample",
        "Choose a targetShape with the same product, or write -1 for one of its extents.");

    public static KerasException NoLanczos(string owner, string interpolation) =>
        BadArgument(owner, "interpolation", "one that torch has", $"\"{interpolation}\"", "Use \"bicubic\", the nearest to it; Keras refuses Lanczos on torch, too.");
}
