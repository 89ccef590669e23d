namespace DeepKeras.Vision.Resampling;

/// <summary>How values between pixels are made.</summary>
internal enum Interpolation
{
    Nearest,
    Bilinear,
    Bicubic,
    Area,
}
