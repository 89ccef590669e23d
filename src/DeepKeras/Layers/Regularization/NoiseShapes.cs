namespace DeepKeras.Layers;

/// <summary>The noiseShape of dropouts: 1 where one draw serves a whole axis, unknown or the input's extent elsewhere; null for a draw per element.</summary>
internal static class NoiseShapes
{
    /// <summary>Refuses extents that are not positive.</summary>
    public static void Check(string owner, Shape? noiseShape)
    {
        if (noiseShape is not null && noiseShape.Any(d => d < 1)) throw Throw.BadArgument(owner, nameof(noiseShape), "made of positive or unknown extents", noiseShape, "Write null where the mask has the input's extent, 1 where it repeats.");
    }

    /// <summary>The input's shape, which the mask must stretch to.</summary>
    public static Shape Stretched(Layer layer, Shape? noiseShape, Shape input)
    {
        if (noiseShape is null) return input;
        var fits = noiseShape.Rank == input.Rank;
        for (var i = 0; fits && i < input.Rank; i++) fits = noiseShape[i] is null or 1 || input[i] is null || noiseShape[i] == input[i];
        return fits ? input : throw Throw.NoiseShape(layer, noiseShape, input);
    }

    /// <summary>The mask's shape for a real input.</summary>
    public static long[] Of(Shape? noiseShape, Tensor input)
    {
        var shape = input.shape;
        for (var i = 0; noiseShape is not null && i < shape.Length; i++) shape[i] = noiseShape[i] ?? shape[i];
        return shape;
    }
}
