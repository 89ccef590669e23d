namespace DeepKeras.Datasets;

/// <summary>Where downloaded files are kept, and where the system keeps data sets of its packages.</summary>
public static class DataFolder
{
    /// <summary>The folder of this user: what DEEPKERAS_HOME names, else <c>.deepkeras</c> in the home folder.</summary>
    public static string Home => Environment.GetEnvironmentVariable("DEEPKERAS_HOME") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".deepkeras");

    /// <summary>Where a data set is looked for, best first: the user's own folder, then <c>datasets</c> in the system's shared folders (XDG_DATA_DIRS), as Debian installs them.</summary>
    /// <param name="dataset">The folder's name: <c>fashion-mnist</c>.</param>
    public static IReadOnlyList<string> Places(string dataset)
    {
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_DIRS") is { Length: > 0 } named ? named : "/usr/local/share:/usr/share";
        return [Path.Combine(Home, "datasets", dataset), .. shared.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(s => Path.Combine(s, "datasets", dataset))];
    }
}
