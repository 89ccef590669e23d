using System.Security.Cryptography;
using DeepKeras.Files;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Pretrained;

/// <summary>Small weights that an example of this project trained. They are inside the assembly, so that they load without a network and without a cache.</summary>
/// <param name="Model">The network, by its name in <see cref="Zoo.ListModels"/>.</param>
/// <param name="Name">What <c>weights:</c> calls it.</param>
/// <param name="FileName">The file's name; it lies in the project's folder <c>pretrained</c>.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Sha256">All 64 hexadecimal digits of the file's SHA-256.</param>
/// <param name="Parameters">How many trained numbers the network has.</param>
/// <param name="Top1">How many of the data set's 10,000 test images it names rightly, in per cent, measured with this very file.</param>
/// <param name="Transform">What is done to images before the network sees them.</param>
/// <param name="DataSet">The images that it was trained and measured on.</param>
/// <param name="ClassNames">What its classes are called, in the order of the network's output.</param>
/// <param name="Command">The example that trained it, as it is called in the project's folder.</param>
public sealed record IncludedWeights(string Model, string Name, string FileName, long Bytes, string Sha256, long Parameters, double Top1, InputTransform Transform, string DataSet, IReadOnlyList<string> ClassNames, string Command)
    : WeightSet(Model, Name, FileName, Sha256, Bytes / 1048576.0, Parameters, Top1, Transform, DataSet, ClassNames)
{
    /// <inheritdoc/>
    public override string Licence => "Apache-2.0 (DeepKeras)";

    /// <inheritdoc/>
    public override string Source => "DeepKeras";

    /// <inheritdoc/>
    public override string Fetch(CancellationToken cancellationToken = default)
    {
        var content = Read();
        var path = Path.Combine(WeightStore.Folder, FileName);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return path;
        Directory.CreateDirectory(WeightStore.Folder);
        AtomicFile.Write(path, stream => stream.Write(content));
        return path;
    }

    internal override WeightReport LoadInto(Model model)
    {
        using var stream = new MemoryStream(Read());
        return model.LoadPretrained(stream);
    }

    private byte[] Read()
    {
        using var stream = typeof(IncludedWeights).Assembly.GetManifestResourceStream($"DeepKeras.Applications.Pretrained.{FileName}") ?? throw Throw.NotIncluded(this);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var found = Convert.ToHexStringLower(SHA256.HashData(content));
        return content.Length == Bytes && found == Sha256 ? content : throw Throw.IncludedDiffers(this, content.Length, found);
    }
}
