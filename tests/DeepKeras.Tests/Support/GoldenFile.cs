namespace DeepKeras.Tests.Support;

/// <summary>Files beside the tests that a reference program wrote; each folder holds the script that made them.</summary>
public static class GoldenFile
{
    /// <summary>The path of a golden file.</summary>
    /// <param name="name">A path below the Golden folder: <c>keras/lenet.txt</c>.</param>
    public static string Path(string name) => System.IO.Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Golden", name);

    /// <summary>The text of a golden file.</summary>
    public static string Text(string name) => File.ReadAllText(Path(name));
}
