using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException CannotMerge(Layer layer, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects inputs with the same batch and with equal extents (or 1) along every other axis but received {Listed(shapes)}. Bring them to one shape first, for instance with Reshape, Cropping2D or a Dense layer.");

    public static KerasException CannotConcatenate(Layer layer, int axis, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects inputs whose shapes differ only along axis {axis} but received {Listed(shapes)}. Bring the other axes to the same extents, or choose another axis.");

    public static KerasException CannotCrop(Layer layer, Size2D? offset, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects images at least as large as what they are cut to{(offset is { } o ? $", with {o.Height} rows and {o.Width} columns to spare," : "")} but received {Listed(shapes)}. Swap the inputs, or enlarge the first one.");

    private static string Listed(IReadOnlyList<Shape> shapes) => string.Join(" and ", shapes);
}
