namespace DeepKeras.Layers;

/// <summary>How an image is read between its pixels and outside its edges.</summary>
/// <param name="IsNearest">Whether the nearest pixel is taken instead of a mixture of four.</param>
/// <param name="Outside">What is read outside.</param>
/// <param name="FillValue">The value outside where that is a constant.</param>
internal readonly record struct ImageSampling(bool IsNearest, FillMode Outside, double FillValue)
{
    private static readonly string[] s_interpolations = ["nearest", "bilinear"];
    private static readonly string[] s_fillModes = ["reflect", "wrap", "constant", "nearest"];

    /// <summary>From the words of a constructor.</summary>
    /// <exception cref="KerasException">A word is unknown.</exception>
    public static ImageSampling Parse(string interpolation, string fillMode, double fillValue) => new(
        Array.IndexOf(s_interpolations, interpolation) switch
        {
            0 => true,
            1 => false,
            _ => throw Throw.UnknownName("interpolation", interpolation, s_interpolations),
        },
        Array.IndexOf(s_fillModes, fillMode) is >= 0 and var index ? (FillMode)index : throw Throw.UnknownName("fillMode", fillMode, s_fillModes),
        fillValue);
}
