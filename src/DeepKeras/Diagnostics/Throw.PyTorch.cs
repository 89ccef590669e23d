using DeepKeras.Serialization;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException PyTorchFile(string source, string problem) =>
        new($"{source} is no usable PyTorch file: {problem}. Get a whole copy of it, or write it again with torch.save(model.state_dict(), path).");

    public static KerasException PyTorchSum(string source, string entry, uint expected, uint found) =>
        new($"{source} is damaged: its entry {entry} should have the CRC-32 {expected:x8} but has {found:x8}. Get a whole copy of it, or write it again with torch.save(model.state_dict(), path), sums included (torch.serialization.set_crc32_options(True), the default).");

    public static KerasException PickleGlobal(string source, string name) =>
        new($"{source} asks for {name}, which would run code; only tensors, containers, numbers and texts are read from a weight file, and nothing was run. If you trust the file, load it in Python and write its weights alone: torch.save(model.state_dict(), path).");

    public static KerasException PickleArguments(string source, string name) =>
        PyTorchFile(source, $"its pickle calls {name} with arguments that do not belong there");

    public static KerasException PyTorchType(ScalarType type) =>
        new($"A tensor of {type} cannot be written to a PyTorch file here; the types are {string.Join(", ", StorageType.Types)}. Convert it with to_type first.");

    public static KerasException WeightFileKind(string path, string? kind) =>
        new($"{path} is {kind ?? "of no kind that is known"} where a weight file of PyTorch (.pth, .pt) or Keras (.h5) or a safetensors file is expected. Convert it, or check the path.");

    public static KerasException WeightFolder(string folder, int count) =>
        new($"The folder {folder} holds {count} weight files (one *{ShardedSafetensors.IndexEnding}, or one *.safetensors) where exactly one is expected. Pass the path of the file itself.");

    public static KerasException ShardIndex(string path, string problem) =>
        new($"{path} is no usable index of safetensors files: {problem}. Get whole copies of the index and of all files that it names.");
}
