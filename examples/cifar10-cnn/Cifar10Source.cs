using System.IO.Compression;
using DeepKeras.Datasets;
using DeepKeras.Vision;

/// <summary>CIFAR-10 from the JPEG archive of the shared data where it lies, else from the official files.</summary>
internal static class Cifar10Source
{
    public static ((torch.Tensor X, torch.Tensor Y) Train, (torch.Tensor X, torch.Tensor Y) Test) Load(string? archive, string[] classNames)
    {
        archive ??= Candidates().FirstOrDefault(File.Exists);
        if (archive is null) return Cifar10.Load();
        Console.WriteLine($"Reading 60,000 JPEG files from {Path.GetFileName(archive)} ...");
        using var zip = ZipFile.OpenRead(archive);
        return (Read(zip, "train", classNames), Read(zip, "test", classNames));
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, "cifar10.zip");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(at.FullName, "..", "shared", "data", "cifar10.zip");
        }
    }

    private static (torch.Tensor X, torch.Tensor Y) Read(ZipArchive zip, string part, string[] classNames)
    {
        var entries = zip.Entries.Where(e => e.FullName.StartsWith(part + "/", StringComparison.Ordinal) && e.Name.EndsWith(".jpg", StringComparison.Ordinal)).ToList();
        var images = torch.empty([entries.Count, 32, 32, 3], torch.ScalarType.Byte);
        var labels = new long[entries.Count];
        var pixels = images.bytes;
        for (var i = 0; i < entries.Count; i++)
        {
            using var stream = entries[i].Open();
            using var image = ImageFile.Load(stream);
            image.bytes.CopyTo(pixels[(i * 32 * 32 * 3)..]);
            labels[i] = Array.IndexOf(classNames, entries[i].FullName.Split('/')[1]);
        }
        return (images, torch.tensor(labels));
    }
}
