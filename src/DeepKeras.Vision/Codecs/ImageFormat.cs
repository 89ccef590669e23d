namespace DeepKeras.Vision.Codecs;

/// <summary>The file formats that can be read and written.</summary>
internal enum ImageFormat
{
    Png,
    Jpeg,
}
