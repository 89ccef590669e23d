namespace DeepKeras.Tests.Support;

/// <summary>Files that are not part of the repository: data sets and numeric cases in ../shared, or in the folder that DEEPKERAS_DATA names.</summary>
public static class SharedData
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the shared data; without it the test is skipped and says so.</summary>
    /// <param name="name">A path below the shared folder: <c>cases</c>, <c>data/cifar10.zip</c>.</param>
    public static string Find(string name)
    {
        if (TryFind(name) is { } found) return found;
        Assert.Ignore($"Skipped: {name} is not here. Put it into ../shared beside the repository, or name its folder in DEEPKERAS_DATA.");
        return "";
    }

    /// <summary>The same without skipping: <see langword="null"/> when it is missing.</summary>
    public static string? TryFind(string name) =>
        Places().SelectMany(place => new[] { Path.Combine(place, name), Path.Combine(place, Path.GetFileName(name)) })
            .Select(Path.GetFullPath)
            .FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));

    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } named) yield return named;
        yield return Path.Combine(Root, "..", "shared");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeepKeras.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
