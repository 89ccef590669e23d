using System.IO.Compression;
using DeepKeras.Vision;

/// <summary>The photo to dream on: the given one, else a kangaroo of the shared data where it lies, else a mosaic of CIFAR-10 images.</summary>
internal static class DreamPhoto
{
    private const string Kangaroo = "images/00017.jpg";
    private const int LongestSide = 640;

    public static torch.Tensor Load(string? path, Func<torch.Tensor> images)
    {
        if (path is not null) return Fit(ImageFile.Load(path, channels: 3));
        if (Candidates().FirstOrDefault(File.Exists) is not { } archive) return Mosaic(images());
        using var zip = ZipFile.OpenRead(archive);
        var entry = zip.GetEntry(Kangaroo) ?? zip.Entries.First(e => e.Name.EndsWith(".jpg", StringComparison.Ordinal));
        using var stream = entry.Open();
        return Fit(ImageFile.Load(stream, channels: 3));
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, "kangaroo.zip");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(at.FullName, "..", "shared", "data", "kangaroo.zip");
        }
    }

    /// <summary>Makes a large photo small enough for a dream of a minute.</summary>
    private static torch.Tensor Fit(torch.Tensor photo)
    {
        var scale = LongestSide / (double)Math.Max(photo.shape[0], photo.shape[1]);
        if (scale >= 1) return photo;
        return ImageResize.To(photo, ((int)Math.Round(photo.shape[0] * scale), (int)Math.Round(photo.shape[1] * scale)), "area");
    }

    private static torch.Tensor Mosaic(torch.Tensor images) =>
        images.narrow(0, 0, 8 * 12).reshape(8, 12, 32, 32, 3).permute(0, 2, 1, 3, 4).reshape(8 * 32, 12 * 32, 3).contiguous();
}
