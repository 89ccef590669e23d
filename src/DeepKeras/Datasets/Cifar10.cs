using System.Formats.Tar;
using System.IO.Compression;

namespace DeepKeras.Datasets;

/// <summary>CIFAR-10: 60,000 photos, 32×32 in colour, of ten kinds of things (Krizhevsky, 2009; Keras: <c>keras.datasets.cifar10</c>).</summary>
public static class Cifar10
{
    private const int Side = 32;
    private const int Colours = 3;
    private const int Plane = Side * Side;
    private const int Record = 1 + (Colours * Plane);
    private const int PerFile = 10_000;
    private const int TrainingFiles = 5;

    /// <summary>The names of the classes, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    // The hash that TensorFlow Datasets lists for this file.
    internal static RemoteFile Archive { get; } = new("cifar-10-binary.tar.gz", "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"]);

    /// <summary>Reads the data set; it is downloaded once (170 MB) into <see cref="DataFolder.Home"/>.</summary>
    /// <param name="folder">Where <c>cifar-10-binary.tar.gz</c> lies, if elsewhere; nothing is downloaded then.</param>
    /// <returns>Images (50000, 32, 32, 3) and (10000, 32, 32, 3), labels (50000, 1) and (10000, 1), all uint8, as in Keras.</returns>
    /// <exception cref="KerasException">The file cannot be fetched or is damaged.</exception>
    /// <remarks><code>var ((xTrain, yTrain), (xTest, yTest)) = Cifar10.Load();</code></remarks>
    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load(string? folder = null)
    {
        if (folder is not null && !Directory.Exists(folder)) throw Throw.DatasetFolder(folder);
        var places = folder is null ? DataFolder.Places("cifar-10") : [folder];
        var path = places.Select(p => Path.Combine(p, Archive.Name)).FirstOrDefault(File.Exists);
        if (path is null && folder is not null) throw Throw.DatasetFile(Path.Combine(folder, Archive.Name), "it does not exist");
        return ReadArchive(path ?? Archive.Fetch(places[0]), PerFile);
    }

    /// <summary>The archive's images and labels.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="perFile">Images in each of its six files.</param>
    internal static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) ReadArchive(string path, int perFile)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            var records = ReadRecords(path, perFile);
            var (train, test) = (Split(records[..TrainingFiles]), Split(records[TrainingFiles..]));
            return ((train.X.DetachFromDisposeScope(), train.Y.DetachFromDisposeScope()), (test.X.DetachFromDisposeScope(), test.Y.DetachFromDisposeScope()));
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw Throw.DatasetFile(path, $"it cannot be unpacked ({Throw.FirstLine(error.Message)})");
        }
    }

    /// <summary>The six files of the archive as (10000, 3073): a label, then 1024 red, 1024 green and 1024 blue values.</summary>
    private static Tensor[] ReadRecords(string path, int perFile)
    {
        string[] names = [.. Enumerable.Range(1, TrainingFiles).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"];
        var found = new Tensor?[names.Length];
        using var file = File.OpenRead(path);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var archive = new TarReader(unzipped);
        while (archive.GetNextEntry() is { } entry)
        {
            var index = Array.IndexOf(names, Path.GetFileName(entry.Name));
            if (index < 0 || entry.DataStream is null) continue;
            if (entry.Length != (long)perFile * Record) throw Throw.DatasetFile(path, $"{entry.Name} has {entry.Length} bytes where {(long)perFile * Record} are expected");
            var records = torch.empty([perFile, Record], ScalarType.Byte);
            entry.DataStream.ReadExactly(records.bytes);
            found[index] = records;
        }
        var missing = Array.FindIndex(found, t => t is null);
        return missing < 0 ? [.. found.Select(t => t!)] : throw Throw.DatasetFile(path, $"{names[missing]} is not in it");
    }

    private static (Tensor X, Tensor Y) Split(Tensor[] parts)
    {
        var records = parts.Length == 1 ? parts[0] : torch.cat(parts, 0);
        var images = records.narrow(1, 1, Record - 1).reshape(-1, Colours, Side, Side).permute(0, 2, 3, 1).contiguous();
        return (images, records.narrow(1, 0, 1).contiguous());
    }
}
