using System.Text.RegularExpressions;

namespace DeepKeras.Tests.Architecture;

/// <summary>The house rules that can be read off the sources. Each says what a file breaks, or <see langword="null"/>.</summary>
internal static partial class SourceRules
{
    private const int MostLines = 400;

    /// <summary>One public type per file, and the file bears its name (<c>Optimizer.Slots.cs</c> is a part of Optimizer).</summary>
    public static string? OneTypePerFile(SourceFile file)
    {
        if (!file.IsOwn) return null;
        List<string> types = [.. PublicType().Matches(file.Text).Select(m => m.Groups["name"].Value)];
        if (types.Count > 1) return $"holds {types.Count} public types: {string.Join(", ", types)}";
        return types.Count == 1 && file.Name != types[0] && !file.Name.StartsWith(types[0] + ".", StringComparison.Ordinal) ? $"holds the public type {types[0]}" : null;
    }

    /// <summary>The folder below the project is the namespace; sub-folders of a family and the classes of the front door are the exceptions.</summary>
    public static string? NamespaceIsFolder(SourceFile file)
    {
        if (!file.IsOwn || !Namespace().Match(file.Text).Groups["name"].Value.Is(out var found)) return null;
        var parts = file.Path.Split('/');
        var project = parts[1];
        var folder = parts.Length > 3 ? $"{project}.{parts[2]}" : project;
        return found == folder || found == project || found.StartsWith(folder + ".", StringComparison.Ordinal) ? null : $"is in namespace {found} instead of {folder}";
    }

    /// <summary>A file over the limit wants to be several; tables of names are let be.</summary>
    public static string? Length(SourceFile file) => file.Name != "Aten" && file.Lines.Count() is > MostLines and var lines ? $"has {lines} lines" : null;

    public static string? UnfinishedMarks(SourceFile file) => First(file, UnfinishedMark());

    /// <summary>Libraries write to <see cref="Keras.Output"/>, and only that and the progress line know the console.</summary>
    public static string? ConsoleOutput(SourceFile file) => file.IsOwn && file.Name is not ("Keras.Output" or "ProgressOutput") ? First(file, ConsoleWrite()) : null;

    public static string? EmptyCatch(SourceFile file) => EmptyCatchBlock().Match(file.Text) is { Success: true } match ? match.Value : null;

    /// <summary>Only the image codec may know which provider of the TorchSharp interface is underneath.</summary>
    public static string? ProviderKnowledge(SourceFile file) => file.IsOwn && !file.Path.Contains("/Codecs/", StringComparison.Ordinal) ? First(file, Provider()) : null;

    /// <summary>TorchSharp renames parameters between versions, so its members are called positionally.</summary>
    public static string? NamedTorchArguments(SourceFile file) => file.IsOwn ? First(file, NamedTorchArgument()) : null;

    /// <summary>
    /// Members that TorchSharp gets wrong: <c>hardtanh</c> and <c>elu_</c> change nothing, <c>zero_</c> and some more hand back a second object, which leaks outside of a scope,
    /// and an error inside of <c>matmul</c>, <c>autograd.grad</c>, <c>cummax</c> or <c>cummin</c> ends the process. In their place: <c>clamp</c>, <c>fill_(0)</c>, <c>mm</c>, <c>bmm</c>, <c>linear</c>, <c>backward</c>.
    /// </summary>
    /// <remarks>Three files multiply stacks of matrices whose shapes they choose themselves.</remarks>
    public static string? BrokenTorchMembers(SourceFile file) =>
        file.IsOwn && file.Name is not ("ResizeWeights" or "TorchResize" or "Warp") ? First(file, BrokenTorchMember()) : null;

    private static string? First(SourceFile file, Regex pattern)
    {
        var (line, number) = file.Lines.Select((l, i) => (l, i + 1)).FirstOrDefault(p => pattern.IsMatch(p.l));
        return line is null ? null : $"line {number}: {line.Trim()}";
    }

    private static bool Is(this string text, out string same)
    {
        same = text;
        return text.Length > 0;
    }

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|unsafe|ref|record) )*(?:class|struct|interface|enum|record|delegate [\w<>?\[\], ]+?) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex("TODO|FIXME|HACK|NotImplementedException")]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"^(?!\s*///).*\bConsole\.(Write|Error|Out)", RegexOptions.ExplicitCapture)]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*(when\s*\([^{]*\))?\s*\{\s*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyCatchBlock();

    [GeneratedRegex(@"TORCH_SYSTEM|TorchSharp\.(Interop|System)|LibTorch")]
    private static partial Regex Provider();

    [GeneratedRegex(@"^(?!\s*//).*(\b(hardtanh|matmul|autograd\.grad|cummax|cummin)\(|\.(zero|tril|triu|gelu|elu|celu)_\()", RegexOptions.ExplicitCapture)]
    private static partial Regex BrokenTorchMember();

    [GeneratedRegex(@"\b(torch|functional)\.\w+\(([^()]|\([^()]*\))*?[(,]\s*[a-z_]+:\s", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedTorchArgument();
}
