using System.IO.Compression;

namespace DeepKeras.Benchmarks.Running;

/// <summary>The real JPEG files of a benchmark of the input pipeline, laid into a folder per class; both engines read the same ones.</summary>
internal sealed class InputFiles : IDisposable
{
    /// <summary>Name of the archive with <c>train/class/*.jpg</c>, 32×32.</summary>
    public const string Cifar = "cifar10.zip";

    /// <summary>Name of the archive with <c>images/*.jpg</c>, photos of all sizes.</summary>
    public const string Photos = "kangaroo.zip";

    /// <summary>The one photo whose file ends too early; both engines refuse it.</summary>
    private const string CutOff = "images/00090.jpg";

    private const int PerClass = 1000, Copies = 4;

    private readonly string _root = Directory.CreateTempSubdirectory("deepkeras-input-").FullName;

    /// <summary>A folder with one folder per class: the first 1,000 training images of each CIFAR-10 class, or each photo four times.</summary>
    /// <param name="archive"><see cref="Cifar"/> or <see cref="Photos"/>.</param>
    /// <exception cref="ArgumentException">The archive lies nowhere.</exception>
    public string Extract(string archive)
    {
        var folder = Path.Combine(_root, Path.GetFileNameWithoutExtension(archive));
        if (Directory.Exists(folder)) return folder;
        using var zip = ZipFile.OpenRead(Find(archive));
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".jpg", StringComparison.Ordinal)).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            var parts = entry.FullName.Split('/');
            if (archive == Photos && entry.FullName != CutOff && parts[0] == "images") Write(entry, Path.Combine(folder, "photos"), Copies);
            else if (archive == Cifar && parts[0] == "train" && (counts[parts[1]] = counts.GetValueOrDefault(parts[1]) + 1) <= PerClass) Write(entry, Path.Combine(folder, parts[1]), 1);
        }
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Write(ZipArchiveEntry entry, string folder, int copies)
    {
        using var stream = entry.Open();
        using var file = new MemoryStream();
        stream.CopyTo(file);
        _ = Directory.CreateDirectory(folder);
        for (var copy = 0; copy < copies; copy++) File.WriteAllBytes(Path.Combine(folder, $"{copy}-{entry.Name}"), file.ToArray());
    }

    private static string Find(string archive) => Candidates(archive).FirstOrDefault(File.Exists)
        ?? throw new ArgumentException($"The input pipeline is measured on real files and {archive} was not found. Put it into ../shared/data, or into the folder that DEEPKERAS_DATA names.");

    private static IEnumerable<string> Candidates(string archive)
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, archive);
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(at.FullName, "..", "shared", "data", archive);
        }
    }
}
