namespace DeepKeras.Layers;

/// <summary>Makes vocabularies from files and from collection expressions.</summary>
public static class Vocabulary
{
    /// <summary>Builds a vocabulary from a collection expression.</summary>
    /// <typeparam name="T">Texts or whole numbers.</typeparam>
    /// <param name="tokens">The tokens in the order of their numbers.</param>
    public static Vocabulary<T> Create<T>(ReadOnlySpan<T> tokens)
        where T : notnull, IParsable<T> => new(tokens.ToArray());

    /// <summary>Reads a text file with a token in each line; empty lines at the end do not count.</summary>
    /// <typeparam name="T">Texts or whole numbers.</typeparam>
    /// <param name="path">The file, in UTF-8.</param>
    /// <exception cref="KerasException">The file does not exist, or a line is no whole number where those are wanted.</exception>
    public static Vocabulary<T> Read<T>(string path)
        where T : notnull, IParsable<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? Vocabulary<T>.Parse(File.ReadAllLines(path), path) : throw Throw.VocabularyFileMissing(path);
    }
}
