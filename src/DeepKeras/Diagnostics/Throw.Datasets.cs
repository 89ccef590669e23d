using DeepKeras.Datasets;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException DownloadFailed(RemoteFile file, string folder, IReadOnlyList<string> failures) =>
        new($"{file.Name} could not be downloaded. {string.Join("; ", failures)}. "
            + $"Try again when the network is up (what has arrived is kept), or put the file into {folder} by hand; its SHA-256 must {(file.Sha256.Length < 64 ? "begin with" : "be")} {file.Sha256}. DEEPKERAS_HOME names another folder.");

    public static KerasException DownloadFolder(string name, string folder, Exception cause) =>
        new($"{name} could not be written to {folder}: {FirstLine(cause.Message)} Make room or get the right to write there, or name another folder in DEEPKERAS_HOME.", cause);

    public static KerasException DatasetFile(string path, string problem) =>
        new($"The data file {path} cannot be used: {problem}. Delete it, so that it is fetched again, or put the original in its place.");

    public static KerasException DatasetFolder(string folder) =>
        new($"The folder {folder} does not exist. Name the folder that holds the data set's files, or leave it out to have them fetched.");
}
