namespace DeepKeras.Datasets;

/// <summary>Data sets in MNIST's four files: images and labels, for training and for testing.</summary>
/// <param name="Folder">The name of the folder that they lie in.</param>
/// <param name="Files">Training images, training labels, test images, test labels.</param>
internal sealed record MnistFamily(string Folder, IReadOnlyList<RemoteFile> Files)
{
    public ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder)) throw Throw.DatasetFolder(folder);
        var place = folder ?? DataFolder.Places(Folder).FirstOrDefault(p => Files.All(f => Find(p, f) is not null)) ?? DataFolder.Places(Folder)[0];
        return (Part(place, 0, folder is null), Part(place, 2, folder is null));
    }

    private (Tensor X, Tensor Y) Part(string place, int first, bool mayFetch)
    {
        var (images, labels) = (Path(place, Files[first], mayFetch), Path(place, Files[first + 1], mayFetch));
        var (x, y) = (IdxFile.Read(images, 3), IdxFile.Read(labels, 1));
        return x.shape[0] == y.shape[0] ? (x, y) : throw Throw.DatasetFile(labels, $"it holds {y.shape[0]} labels for the {x.shape[0]} images of {System.IO.Path.GetFileName(images)}");
    }

    private static string Path(string place, RemoteFile file, bool mayFetch) =>
        Find(place, file) ?? (mayFetch ? file.Fetch(place) : throw Throw.DatasetFile(System.IO.Path.Combine(place, file.Name), "it does not exist"));

    /// <summary>The file as it is fetched, or unpacked.</summary>
    private static string? Find(string place, RemoteFile file)
    {
        var packed = System.IO.Path.Combine(place, file.Name);
        var plain = packed[..^".gz".Length];
        return File.Exists(packed) ? packed : File.Exists(plain) ? plain : null;
    }
}
