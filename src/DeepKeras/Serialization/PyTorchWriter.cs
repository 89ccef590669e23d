using System.Globalization;
using DeepKeras.Files;

namespace DeepKeras.Serialization;

/// <summary>
/// Writes state dicts that <c>torch.load</c> opens, with <c>weights_only=True</c> too: the zip format of PyTorch 1.6 and later, an OrderedDict of tensors.
/// One tensor at a time is in memory.
/// </summary>
/// <remarks><code>PyTorchWriter.Save("filters.pth", [("conv1.weight", kernel), ("conv1.bias", bias)]);</code></remarks>
public static class PyTorchWriter
{
    private const string Folder = "archive/";

    /// <summary>Writes a file in one step: an old file of that name is replaced only when the new one is complete.</summary>
    /// <param name="path">The file, best one that ends in .pth or .pt.</param>
    /// <param name="tensors">Keys and tensors; any device and memory layout.</param>
    /// <exception cref="KerasException">Two tensors bear one key, an element type has no class of storages (complex numbers), or the file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Save(path, SafetensorsWriter.Sources(tensors));
    }

    internal static void Save(string path, IReadOnlyList<TensorSource> tensors) => AtomicFile.Write(path, stream => Write(stream, tensors, alwaysLarge: false));

    internal static void Write(Stream stream, IReadOnlyList<TensorSource> tensors, bool alwaysLarge)
    {
        if (tensors.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Throw.SafetensorsTwice(twice.Key);
        using var zip = new StoredZip(stream, alwaysLarge);
        Put("data.pkl", PickleWriter.Write(tensors));
        Put("byteorder", "little"u8.ToArray());
        for (var i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            var length = tensor.Shape.Aggregate((long)SafetensorsType.Size(tensor.Dtype), (a, b) => checked(a * b));
            zip.Add(string.Create(CultureInfo.InvariantCulture, $"{Folder}data/{i}"), length, part =>
            {
                using var scope = torch.NewDisposeScope();
                TensorBytes.Write(part, tensor.Get().cpu().contiguous());
            });
        }
        Put("version", "3\n"u8.ToArray());
        zip.Finish();

        void Put(string name, byte[] content) => zip.Add(Folder + name, content.Length, part => part.Write(content));
    }
}
