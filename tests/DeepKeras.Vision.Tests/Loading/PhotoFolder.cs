using DeepKeras.Vision;

namespace DeepKeras.Vision.Tests.Loading;

/// <summary>A temporary folder of tiny pictures, each of one colour by which it is known again: red is its number.</summary>
internal sealed class PhotoFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _count;

    public string Path => _folder.Path;

    /// <summary>Adds 8 × 12 pictures; returns this folder.</summary>
    public PhotoFolder Add(string subfolder, params string[] names)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, subfolder));
        foreach (var name in names)
        {
            using var image = torch.full([8, 12, 3], 100, ScalarType.Byte);
            image.narrow(2, 0, 1).fill_(_count++);
            var file = File(subfolder, name);
            ImageFile.Save(System.IO.Path.ChangeExtension(file, ".png"), image);
            if (!name.EndsWith(".png", StringComparison.Ordinal)) System.IO.File.Move(System.IO.Path.ChangeExtension(file, ".png"), file);
        }
        return this;
    }

    /// <summary>Adds pictures 000.png, 001.png …</summary>
    public PhotoFolder AddMany(string subfolder, int count) => Add(subfolder, [.. Enumerable.Range(0, count).Select(i => $"{i:D3}.png")]);

    public string File(string subfolder, string name) => System.IO.Path.Combine(Path, subfolder, name);

    public string Write(string subfolder, string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, subfolder));
        System.IO.File.WriteAllBytes(File(subfolder, name), content);
        return File(subfolder, name);
    }

    public void Dispose() => _folder.Dispose();
}
