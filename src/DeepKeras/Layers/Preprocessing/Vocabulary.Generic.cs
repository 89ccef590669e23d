using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras.Layers;

/// <summary>The tokens that a lookup knows, in the order of their numbers: <c>vocabulary: ["a", "b"]</c>, an array, or the path of a text file with a token in each line.</summary>
/// <typeparam name="T">Texts or whole numbers.</typeparam>
[CollectionBuilder(typeof(Vocabulary), nameof(Vocabulary.Create))]
public sealed class Vocabulary<T> : IReadOnlyList<T>
    where T : notnull, IParsable<T>
{
    private readonly T[] _tokens;

    /// <summary>Creates the vocabulary.</summary>
    /// <param name="tokens">The tokens in the order of their numbers.</param>
    public Vocabulary(IEnumerable<T> tokens) => _tokens = [.. tokens];

    /// <summary>How many tokens there are.</summary>
    public int Count => _tokens.Length;

    /// <summary>A token by its place.</summary>
    /// <param name="index">The place, from 0.</param>
    public T this[int index] => _tokens[index];

    /// <summary>Lines of a file as tokens.</summary>
    internal static Vocabulary<T> Parse(string[] lines, string source)
    {
        var count = lines.Length;
        while (count > 0 && lines[count - 1].Length == 0) count--;
        return new(lines.Take(count).Select((line, i) => T.TryParse(line, CultureInfo.InvariantCulture, out var token) ? token : throw Throw.VocabularyLine(source, i + 1, line)));
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_tokens).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first tokens.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} tokens: {string.Join(", ", _tokens.Take(8))}{(Count > 8 ? ", …" : "")}");

    /// <summary>The tokens of a text file, as <see cref="Vocabulary.Read"/> reads them.</summary>
    public static implicit operator Vocabulary<T>(string path) => Vocabulary.Read<T>(path);

    /// <summary>The tokens of an array.</summary>
    public static implicit operator Vocabulary<T>(T[] tokens) => new(tokens);

    /// <summary>The tokens of a list.</summary>
    public static implicit operator Vocabulary<T>(List<T> tokens) => new(tokens);
}
