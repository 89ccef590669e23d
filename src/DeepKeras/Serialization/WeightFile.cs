using System.Text.RegularExpressions;

namespace DeepKeras.Serialization;

/// <summary>
/// A file of weights, whoever wrote it: PyTorch's <c>.pth</c>/<c>.pt</c>/<c>.bin</c> (the zip format and the older one), <c>.safetensors</c>, and safetensors
/// in several files with an index. The kind is told by the content, not by the name. The table of contents is read and checked at once, the tensors one by one.
/// </summary>
/// <remarks>
/// PyTorch's files are Python pickles, which could run code. Here only tensors, containers, numbers and texts are made from them; whatever else a file asks for
/// is refused by name, and nothing is ever run. Of nested dicts the keys are joined by dots; a wrapping <c>state_dict</c>, <c>model_state_dict</c> or
/// <c>model</c> is taken off, and so is <c>module.</c> where every key begins with it. What is no tensor is listed in <see cref="Skipped"/>.
/// <code>
/// using var file = WeightFile.Open("resnet18.pth");
/// foreach (var entry in file.Entries) Console.WriteLine($"{entry.Name} {entry.Dtype} {entry.Shape}");
/// using var kernel = file.Read("conv1.weight");
/// </code>
/// </remarks>
public sealed partial class WeightFile : IDisposable
{
    private readonly IWeightReader _reader;
    private readonly HashSet<string> _names;

    private WeightFile(string path, IWeightReader reader)
    {
        Path = path;
        _reader = reader;
        _names = reader.Entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The file, as it was given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>Every tensor, in the order of the file.</summary>
    public IReadOnlyList<WeightEntry> Entries => _reader.Entries;

    /// <summary>Texts and numbers that stand beside the tensors, by name: safetensors' <c>__metadata__</c>, or <c>epoch</c> of a PyTorch checkpoint.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _reader.Metadata;

    /// <summary>The names of the values that are not part of the state dict: <c>epoch</c>, <c>optimizer</c> …; empty for safetensors.</summary>
    public IReadOnlyList<string> Skipped => _reader.Skipped;

    /// <summary>Whether the keys are PyTorch's and not those that <c>SaveWeights</c> writes by default.</summary>
    internal bool IsPyTorch => _reader is PyTorchWeights;

    /// <summary>The file of Keras behind this one, or <see langword="null"/>.</summary>
    internal KerasH5? Keras => _reader as KerasH5;

    internal IWeightReader Reader => _reader;

    /// <summary>Opens a file and reads its table of contents.</summary>
    /// <param name="path">
    /// A file of one of the kinds above; for safetensors in several files the index, one of the files beside the index, or their folder.
    /// </param>
    /// <exception cref="KerasException">It does not exist, is of no such kind, is damaged, or wants to run code.</exception>
    public static WeightFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new WeightFile(path, Reading(Directory.Exists(path) ? InFolder(path) : path));
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">Its key.</param>
    /// <returns>A contiguous tensor on the CPU, of the shape and element type of its entry.</returns>
    /// <exception cref="KerasException">There is no such key, or the file cannot be read any more.</exception>
    public Tensor Read(string name) => _names.Contains(name) ? _reader.Read(name) : throw Throw.SafetensorsKey(Path, name, _names);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();

    private static IWeightReader Reading(string path)
    {
        if (!File.Exists(path)) throw Throw.WeightFileMissing(path);
        Span<byte> start = stackalloc byte[9];
        using (var stream = File.OpenRead(path)) start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (FileKind.IsSafetensors(start)) return IndexBeside(path) is { } index ? new ShardedSafetensors(index) : new SafetensorsWeights(new SafetensorsReader(path));
        if (FileKind.IsZip(start)) return new PyTorchZip(path);
        if (FileKind.IsPickle(start)) return new PyTorchLegacy(path);
        if (FileKind.IsHdf5(start)) return new KerasH5(path);
        if (start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..]) return new ShardedSafetensors(path);
        // Its own reader says best what is wrong with it.
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) return new SafetensorsWeights(new SafetensorsReader(path));
        throw Throw.WeightFileKind(path, FileKind.Of(start));
    }

    /// <summary>The index that a file such as <c>model-00001-of-00003.safetensors</c> belongs to.</summary>
    private static string? IndexBeside(string path)
    {
        if (ShardName().Match(System.IO.Path.GetFileName(path)) is not { Success: true } match) return null;
        var index = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, match.Groups["stem"].Value + ShardedSafetensors.IndexEnding);
        return File.Exists(index) ? index : null;
    }

    private static string InFolder(string folder)
    {
        var indexes = Directory.GetFiles(folder, "*" + ShardedSafetensors.IndexEnding);
        var candidates = indexes.Length > 0 ? indexes : Directory.GetFiles(folder, "*.safetensors");
        return candidates is [var only] ? only : throw Throw.WeightFolder(folder, candidates.Length);
    }

    [GeneratedRegex(@"^(?<stem>.+)-\d+-of-\d+\.safetensors$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ShardName();
}
