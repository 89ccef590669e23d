namespace DeepKeras.Layers;

/// <summary>How a resized image is read off the old one.</summary>
internal enum ResizeInterpolation
{
    /// <summary>The pixel that the new pixel's centre lies in.</summary>
    Nearest,

    /// <summary>Between the 2 × 2 nearest centres.</summary>
    Bilinear,

    /// <summary>Cubic convolution over 4 × 4 centres.</summary>
    Bicubic,

    /// <summary>The mean over the area that the new pixel covers.</summary>
    Area,
}
