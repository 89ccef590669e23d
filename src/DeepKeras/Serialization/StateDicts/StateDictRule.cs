using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DeepKeras.Serialization;

/// <summary>One row of a <see cref="StateDictMap"/>: a pattern of layer paths, and the key that its numbers give.</summary>
internal sealed class StateDictRule
{
    // A non-backtracking expression would hold about half a megabyte, and a zoo has hundreds of rules, few of which are ever asked.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private readonly Lazy<Regex> _pattern;
    private readonly List<Part> _template = [];

    public StateDictRule(string layer, string key)
    {
        var kinds = new Dictionary<string, char>(StringComparer.Ordinal);
        var pattern = new StringBuilder("^");
        foreach (var (text, isName) in Split(layer))
        {
            if (!isName)
            {
                pattern.Append(Regex.Escape(text));
                continue;
            }
            var (name, kind) = text.Split(':') switch
            {
                [var plain] => (plain, '1'),
                [var plain, "a"] => (plain, 'a'),
                [var plain, "*"] => (plain, '*'),
                _ => ("", '?'),
            };
            if (!IsName(name)) throw Throw.StateDictRule(layer, key, $"'{{{text}}}' is no placeholder of the left side");
            if (!kinds.TryAdd(name, kind)) throw Throw.StateDictRule(layer, key, $"the placeholder '{name}' stands twice on the left side");
            pattern.Append(CultureInfo.InvariantCulture, $"(?<{name}>{(kind == '1' ? "[0-9]+" : kind == 'a' ? "[a-z]" : "[^/]+")})");
        }
        _pattern = new(() => new Regex(pattern.Append('$').ToString(), RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, s_patience));
        foreach (var (text, isName) in Split(key)) _template.Add(isName ? Placeholder(text) : new Part(text, '"', 0));

        Part Placeholder(string text)
        {
            var at = text.AsSpan().IndexOfAny('+', '-');
            var name = at < 0 ? text : text[..at];
            if (!kinds.TryGetValue(name, out var kind)) throw Throw.StateDictRule(layer, key, $"'{{{text}}}' of the right side does not stand on the left");
            if (at < 0) return new Part(name, kind, 0);
            if (kind == '*') throw Throw.StateDictRule(layer, key, $"'{{{text}}}' adds a number to a word");
            return int.TryParse(text.AsSpan(at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
                ? new Part(name, kind, offset)
                : throw Throw.StateDictRule(layer, key, $"'{{{text}}}' has no whole number behind its sign");
        }

        IEnumerable<(string Text, bool IsName)> Split(string side)
        {
            for (var from = 0; from < side.Length;)
            {
                var open = side.IndexOf('{', from);
                var end = open < 0 ? side.Length : open;
                if (side.AsSpan(from, end - from).Contains('}')) throw Throw.StateDictRule(layer, key, "a brace closes that was not opened");
                if (end > from) yield return (side[from..end], false);
                if (open < 0) yield break;
                var close = side.IndexOf('}', open);
                if (close < 0) throw Throw.StateDictRule(layer, key, "a brace opens that is not closed");
                yield return (side[(open + 1)..close], true);
                from = close + 1;
            }
        }
    }

    /// <summary>The key for a layer's path, or <see langword="null"/> when the rule is about others. A number that would fall below zero belongs to others too.</summary>
    public string? Apply(string path)
    {
        if (_pattern.Value.Match(path) is not { Success: true } match) return null;
        var key = new StringBuilder();
        foreach (var part in _template)
        {
            if (part.Kind == '"') key.Append(part.Text);
            else if (part.Kind == '*') key.Append(match.Groups[part.Text].ValueSpan);
            else
            {
                var found = match.Groups[part.Text].ValueSpan;
                var number = part.Kind == 'a' ? found[0] - 'a' + 1 : int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
                if (number < 0 || number + part.Offset < 0) return null;
                key.Append(CultureInfo.InvariantCulture, $"{number + part.Offset}");
            }
        }
        return key.ToString();
    }

    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    /// <param name="Text">The text itself, or the placeholder's name.</param>
    /// <param name="Kind"><c>"</c> for text, <c>1</c> for a number, <c>a</c> for a letter, <c>*</c> for a word.</param>
    /// <param name="Offset">What is added to the number.</param>
    private readonly record struct Part(string Text, char Kind, int Offset);
}
