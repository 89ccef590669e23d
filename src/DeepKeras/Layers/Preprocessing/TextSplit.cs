namespace DeepKeras.Layers;

/// <summary>
/// How a text becomes tokens: <c>"whitespace"</c> (the default: at runs of spaces, tabs and line ends of ASCII), <c>"character"</c> (every Unicode character),
/// <see langword="null"/> for not at all, or a function.
/// </summary>
public readonly record struct TextSplit
{
    private const string Default = "whitespace";
    private const string Character = "character";
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\v', '\f', '\r'];
    private readonly string? _name;
    private readonly Func<string, IEnumerable<string>>? _function;
    private readonly bool _isNone;

    /// <summary>A function of one's own: <c>split: new(text => text.Split('|'))</c>. A layer that has one cannot be saved.</summary>
    /// <param name="function">Makes tokens from a text.</param>
    public TextSplit(Func<string, IEnumerable<string>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    private TextSplit(string? name)
    {
        _name = name;
        _isNone = name is null;
    }

    /// <summary>Every text is one token.</summary>
    public static TextSplit None { get; } = new((string?)null);

    /// <summary>Keras's name; <see langword="null"/> for none and for functions.</summary>
    public string? Name => _isNone || HasFunction ? null : _name ?? Default;

    /// <summary>Whether texts stay whole.</summary>
    public bool IsNone => _isNone;

    /// <summary>Whether it is a function of one's own.</summary>
    public bool HasFunction => _function is not null;

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">A text.</param>
    public string[] Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_function is not null) return [.. _function(text)];
        return Name switch
        {
            Default => text.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries),
            Character => [.. text.EnumerateRunes().Select(r => r.ToString())],
            _ => [text],
        };
    }

    /// <inheritdoc/>
    public override string ToString() => HasFunction ? "a function" : Name ?? "none";

    /// <summary>The split of that name; <see langword="null"/> for none.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator TextSplit(string? name) => name is null or Default or Character ? new(name) : throw Throw.UnknownName("split", name, [Default, Character]);
}
