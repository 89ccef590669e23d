namespace DeepKeras.Vision.Loading;

/// <summary>The image files of a folder with their classes, in the order of Keras's <c>image_dataset_from_directory</c>.</summary>
/// <param name="Paths">One per file.</param>
/// <param name="Labels">One per file; <see langword="null"/> without labels.</param>
/// <param name="ClassNames">Empty without labels.</param>
internal sealed record ImageFolder(string[] Paths, int[]? Labels, string[] ClassNames)
{
    // Keras's list. Those that cannot be decoded are listed all the same: they are named when they are read instead of being passed over.
    private static readonly string[] s_endings = [".bmp", ".gif", ".jpeg", ".jpg", ".png"];

    public static string Endings => string.Join(", ", s_endings);

    /// <summary>Lists a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="labels">Where labels come from.</param>
    /// <param name="classNames">The sub-folders to take, in the order of their labels; all, sorted, by default.</param>
    /// <param name="followLinks">Whether links to folders are entered.</param>
    public static ImageFolder Read(string directory, ImageLabels labels, IReadOnlyList<string>? classNames, bool followLinks)
    {
        if (File.Exists(directory)) throw Throw.DirectoryIsFile(directory);
        if (!Directory.Exists(directory)) throw Throw.DirectoryMissing(directory);
        if (!labels.IsInferred && classNames is not null) throw Throw.ClassNamesWithoutFolders(labels.IsNone);
        try
        {
            return labels.IsInferred ? Classes(directory, classNames, followLinks) : Flat(directory, labels.Given, followLinks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Throw.DirectoryUnreadable(directory, error);
        }
    }

    private static ImageFolder Classes(string directory, IReadOnlyList<string>? classNames, bool followLinks)
    {
        string[] found = [.. Directory.EnumerateDirectories(directory).Select(d => Path.GetFileName(d)!).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal)];
        if (classNames?.FirstOrDefault(n => !found.Contains(n, StringComparer.Ordinal)) is { } stranger) throw Throw.ClassName(directory, stranger, found);
        if (classNames?.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice) throw Throw.ClassNameTwice(twice.Key);
        string[] names = [.. classNames ?? found];
        List<string> paths = [];
        List<int> classes = [];
        for (var label = 0; label < names.Length; label++)
        {
            paths.AddRange(Files(Path.Combine(directory, names[label]), followLinks));
            while (classes.Count < paths.Count) classes.Add(label);
        }
        return new([.. paths], [.. classes], names);
    }

    private static ImageFolder Flat(string directory, IReadOnlyList<int>? labels, bool followLinks)
    {
        string[] paths = [.. Files(directory, followLinks)];
        if (labels is null) return new(paths, null, []);
        if (labels.Count != paths.Length) throw Throw.LabelCount(directory, labels.Count, paths.Length);
        int[] classes = [.. labels.Distinct().Order()];
        return new(paths, [.. labels], [.. classes.Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    /// <summary>Folders in order of their paths, files in order of their names in each.</summary>
    private static IEnumerable<string> Files(string directory, bool followLinks)
    {
        List<string> folders = [];
        Collect(directory, followLinks, folders, []);
        return folders.Order(StringComparer.Ordinal).SelectMany(folder => Directory.EnumerateFiles(folder)
            .Where(f => s_endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal));
    }

    private static void Collect(string folder, bool followLinks, List<string> folders, HashSet<string> links)
    {
        folders.Add(folder);
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            var info = new DirectoryInfo(inner);
            // A link may lead back to where it lies; each place is entered once.
            if (info.LinkTarget is not null && (!followLinks || !links.Add(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName))) continue;
            Collect(inner, followLinks, folders, links);
        }
    }
}
