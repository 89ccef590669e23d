using System.Globalization;
using System.IO.Compression;
using DeepKeras.Vision;

/// <summary>The ISBI 2012 membranes: 30 images of 512×512 and their masks, from the archive of the shared data.</summary>
internal static class MembraneSource
{
    /// <summary>The archive, where it lies; null where it is missing.</summary>
    public static string? Find() => Candidates().FirstOrDefault(File.Exists);

    /// <summary>Images (30, 512, 512, 1) of 0 … 1, and masks of the same shape: 1 on a membrane, 0 elsewhere.</summary>
    public static (torch.Tensor Images, torch.Tensor Masks) Load(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        var images = Read(zip, "image");
        // The masks show membranes black.
        return (images.to_type(torch.ScalarType.Float32).div(255), Read(zip, "label").lt(128).to_type(torch.ScalarType.Float32));
    }

    private static torch.Tensor Read(ZipArchive zip, string folder)
    {
        var names = zip.Entries.Where(e => e.FullName.StartsWith(folder + "/", StringComparison.Ordinal) && e.Name.EndsWith(".png", StringComparison.Ordinal))
            .OrderBy(e => int.Parse(Path.GetFileNameWithoutExtension(e.Name), CultureInfo.InvariantCulture));
        return torch.stack([.. names.Select(Picture)], 0);
    }

    private static torch.Tensor Picture(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return ImageFile.Load(stream, channels: 1);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, "membrane.zip");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent) yield return Path.Combine(at.FullName, "..", "shared", "data", "membrane.zip");
    }
}
