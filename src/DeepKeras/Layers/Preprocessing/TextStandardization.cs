namespace DeepKeras.Layers;

/// <summary>
/// What happens to a text before it is split: <c>"lower_and_strip_punctuation"</c> (the default), <c>"lower"</c>, <c>"strip_punctuation"</c>, <see langword="null"/>
/// for nothing, or a function. As in TensorFlow both know ASCII only: É stays É, and “ stays “.
/// </summary>
public readonly record struct TextStandardization
{
    private const string Default = "lower_and_strip_punctuation";
    private const string Lower = "lower";
    private const string Strip = "strip_punctuation";
    private readonly string? _name;
    private readonly Func<string, string>? _function;
    private readonly bool _isNone;

    /// <summary>A function of one's own: <c>standardize: new(text => text.Trim())</c>. A layer that has one cannot be saved.</summary>
    /// <param name="function">Makes a text from a text.</param>
    public TextStandardization(Func<string, string> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    private TextStandardization(string? name)
    {
        _name = name;
        _isNone = name is null;
    }

    /// <summary>Texts stay as they are.</summary>
    public static TextStandardization None { get; } = new((string?)null);

    /// <summary>Keras's name; <see langword="null"/> for nothing and for functions.</summary>
    public string? Name => _isNone || HasFunction ? null : _name ?? Default;

    /// <summary>Whether it is a function of one's own.</summary>
    public bool HasFunction => _function is not null;

    /// <summary>The text as it is split.</summary>
    /// <param name="text">The text as it came.</param>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_function is not null) return _function(text);
        var name = Name;
        if (name is Default or Lower) text = string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | ' ') : c));
        return name is Default or Strip ? string.Concat(text.Where(c => !IsPunctuation(c))) : text;
    }

    /// <inheritdoc/>
    public override string ToString() => HasFunction ? "a function" : Name ?? "none";

    /// <summary>The standardization of that name; <see langword="null"/> for none.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator TextStandardization(string? name) => name is null or Default or Lower or Strip ? new(name) : throw Throw.UnknownName("standardize", name, [Default, Lower, Strip]);

    private static bool IsPunctuation(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));
}
