using System.Globalization;
using System.IO.Compression;
using DeepKeras.Datasets;
using DeepKeras.Vision;

/// <summary>Lays CIFAR-10's images out as folders of files, one folder per class, the way photographs lie on a disk.</summary>
/// <remarks>
/// <code>
/// eight/train/airplane/0000.jpg …   40,000 images of the other eight classes
/// eight/test/airplane/0000.jpg …     8,000
/// draw1/cat/0000.jpg …               500 cats and 500 dogs; draw2 holds the next 500 + 500
/// test/cat/0000.jpg …                1,000 + 1,000
/// </code>
/// </remarks>
internal static class PhotoFolders
{
    private const int PerDraw = 500;

    /// <summary>Writes the files that are not there yet.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="draws">How many times 500 + 500 training images.</param>
    public static void Write(string folder, int draws)
    {
        var done = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"complete-{draws}"));
        if (File.Exists(done)) return;
        if (Candidates().FirstOrDefault(File.Exists) is { } archive) FromArchive(archive, folder, draws);
        else FromOfficialFiles(folder, draws);
        File.WriteAllText(done, "");
    }

    private static void FromArchive(string archive, string folder, int draws)
    {
        Console.WriteLine($"Unpacking the JPEG files of {Path.GetFileName(archive)} into {folder} ...");
        using var zip = ZipFile.OpenRead(archive);
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".jpg", StringComparison.Ordinal)))
        {
            var parts = entry.FullName.Split('/');   // train/cat/0123.jpg
            var number = int.Parse(Path.GetFileNameWithoutExtension(entry.Name), CultureInfo.InvariantCulture);
            if (Place(parts[0], parts[1], number, draws) is { } place) entry.ExtractToFile(InFolder(folder, place, parts[1], entry.Name), overwrite: true);
        }
    }

    private static void FromOfficialFiles(string folder, int draws)
    {
        var (train, test) = Cifar10.Load();
        Console.WriteLine($"Writing CIFAR-10 as PNG files into {folder} ...");
        foreach (var (part, (images, labels)) in new[] { ("train", train), ("test", test) })
        {
            var numbers = new int[Cifar10.ClassNames.Count];
            var classes = labels.flatten().to_type(torch.ScalarType.Int64).data<long>().ToArray();
            for (var i = 0; i < classes.Length; i++)
            {
                using var image = images[i];
                var (name, number) = (Cifar10.ClassNames[(int)classes[i]], numbers[classes[i]]++);
                if (Place(part, name, number, draws) is { } place) ImageFile.Save(InFolder(folder, place, name, string.Create(CultureInfo.InvariantCulture, $"{number:0000}.png")), image);
            }
        }
    }

    /// <summary>The folder an image belongs to, or null where it is not needed.</summary>
    private static string? Place(string part, string name, int number, int draws) => (part, name) switch
    {
        ("test", "cat" or "dog") => "test",
        ("train", "cat" or "dog") => number < draws * PerDraw ? string.Create(CultureInfo.InvariantCulture, $"draw{1 + (number / PerDraw)}") : null,
        _ => Path.Combine("eight", part),
    };

    private static string InFolder(string folder, string place, string name, string file)
    {
        var directory = Path.Combine(folder, place, name);
        _ = Directory.CreateDirectory(directory);
        return Path.Combine(directory, file);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, "cifar10.zip");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(at.FullName, "..", "shared", "data", "cifar10.zip");
        }
    }
}
