namespace DeepKeras.Tests.Architecture;

/// <summary>A source file by its path below the repository, with its text.</summary>
/// <param name="Path">With forward slashes: <c>src/DeepKeras/Keras.cs</c>.</param>
/// <param name="Text">Everything in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IEnumerable<string> Lines => Text.Split('\n');

    /// <summary>Whether it belongs to a library of ours and not to the mirror of TorchSharp's interface.</summary>
    public bool IsOwn => Path.StartsWith("src/DeepKeras", StringComparison.Ordinal) && !Path.StartsWith("src/DeepKeras.Generators", StringComparison.Ordinal);

    public static IReadOnlyList<SourceFile> All()
    {
        var root = SharedData.Root;
        return [.. Directory.EnumerateFiles(System.IO.Path.Combine(root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cpp", StringComparison.Ordinal) || f.EndsWith(".h", StringComparison.Ordinal))
            .Select(f => (Full: f, Relative: System.IO.Path.GetRelativePath(root, f).Replace('\\', '/')))
            .Where(f => !f.Relative.Contains("/obj/", StringComparison.Ordinal) && !f.Relative.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(f => f.Relative, StringComparer.Ordinal)
            .Select(f => new SourceFile(f.Relative, File.ReadAllText(f.Full)))];
    }
}
