namespace DeepKeras.Layers;

/// <summary>The output of layers that multiply the last axis by a kernel <c>(in, units)</c>.</summary>
internal static class DenseShapes
{
    /// <summary>The input's shape with another last axis; an error where that axis is not known, or another one than the layer was built for.</summary>
    public static Shape Output(Layer layer, Shape input, Weight? kernel, long units)
    {
        if (input.Rank < 2 || input[^1] is null) throw Throw.BadInput(layer, "a known last axis", input, "Build the model with Input(n), or put a Flatten() before this layer.");
        if (kernel is not null && kernel.Shape[0] != input[^1])
        {
            throw Throw.BadInput(layer, $"a last axis of {kernel.Shape[0]}", input, "Put a Flatten() before it, or build the model with the Input shape that the data has.");
        }
        return input.With(-1, units);
    }
}
