namespace DeepKeras.Vision;

/// <summary>A file that <see cref="ImageDataset"/> left out because it could not be read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it, as the error would have said.</param>
public sealed record SkippedImage(string Path, string Reason);
