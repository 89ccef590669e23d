using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException CannotProbe(Layer layer, IReadOnlyList<Shape> inputs, Exception cause) =>
        new($"{layer.Where} could not find its output shape by running on zeros of shape {Listed(inputs)}: {FirstLine(cause.Message)} Mend the function for this input, or give outputShape: … without the batch axis.", cause);

    public static KerasException BatchLost(Layer layer, Shape output) =>
        new($"{layer.Where} expects a function that keeps the batch on axis 0 but from a batch of 2 it made {output}. Sum and reshape along the other axes only.");

    public static KerasException TwoTensors(int received) =>
        new($"A Lambda over (a, b) expects two tensors but received {received}. Call it as Lambda(…)(a, b), or write a function of the list of all tensors.");
}
