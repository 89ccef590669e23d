namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException CannotWrite(string path, Exception cause) =>
        new($"The file {path} could not be written: {WriteProblem(cause)}. {(cause is DirectoryNotFoundException ? "Make the folder first, or correct the path." : "Make room or choose another place.")} A file of that name, if there was one, is unchanged.", cause);

    public static KerasException PathIsFolder(string path) =>
        new($"The file {path} could not be written: a folder of that name is there. Choose another name.");

    private static string WriteProblem(Exception cause) => cause switch
    {
        DirectoryNotFoundException => "its folder does not exist",
        // ENOSPC on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
        IOException { HResult: 28 or unchecked((int)0x80070070) or unchecked((int)0x80070027) } => "the disk is full",
        _ => FirstLine(cause.Message).TrimEnd('.'),
    };
}
