using System.Globalization;

namespace DeepKeras.Layers;

/// <summary>
/// Tokens and their numbers: first the mask (in mode <c>int</c> only), then the places for unknown tokens, then the vocabulary, which is given or learnt by counting
/// (Keras: <c>IndexLookup</c>). A dropped token has the number <see cref="Depth"/>.
/// </summary>
/// <typeparam name="T">Texts or whole numbers.</typeparam>
internal sealed class LookupTable<T>
    where T : notnull, IParsable<T>
{
    private readonly CategoryLayer _layer;
    private readonly LookupOptions<T> _options;
    private readonly bool _isGiven;
    private T[] _tokens = [];
    private Dictionary<T, long> _places = [];
    private float[] _frequencies = [];

    public LookupTable(CategoryLayer layer, LookupOptions<T> options, Vocabulary<T>? vocabulary, Numbers? idfWeights)
    {
        (_layer, _options) = (layer, options);
        Check(idfWeights);
        if (vocabulary is null) return;
        Set(vocabulary, idfWeights);
        _isGiven = true;
    }

    /// <summary>The vocabulary as it was given, or as it was learnt.</summary>
    public Vocabulary<T>? Known { get; private set; }

    /// <summary>A weight for each token of <see cref="Known"/>.</summary>
    public Numbers? Weights { get; private set; }

    /// <summary>How many numbers there are, special ones included.</summary>
    public int Size => First + _tokens.Length;

    /// <summary>How long the vectors are; unknown before there is a vocabulary.</summary>
    public long? Depth => _options.Pad ? _options.MaxTokens : Known is null ? null : Size;

    private int Masks => _options.Mode == OutputMode.Int ? _options.Mask.Length : 0;

    private int First => Masks + _options.OovIndices;

    public void Set(Vocabulary<T> vocabulary, Numbers? weights)
    {
        if (vocabulary.Count == 0) throw Throw.BadArgument(_layer.Where, "vocabulary", "at least one token", "an empty list", "Leave it out and call Adapt(data) to learn one.");
        if ((_options.Mode == OutputMode.TfIdf) != (weights is not null)) throw Throw.IdfWeights(_layer, _options.Mode, weights);
        if (weights is not null && (weights.Shape.Rank != 1 || weights.Count != vocabulary.Count)) throw Throw.BadArgument(_layer.Where, "idfWeights", $"one number for each of the {vocabulary.Count} tokens of the vocabulary", $"an array of shape {weights.Shape}", "Give both lists in the same order.");
        T[] special = [.. _options.Mask.Take(Masks), .. Enumerable.Repeat(_options.Oov, _options.OovIndices)];
        var holdsSpecial = vocabulary.Take(First).SequenceEqual(special);
        T[] tokens = [.. holdsSpecial ? vocabulary.Skip(First) : vocabulary];
        if (tokens.GroupBy(t => t).FirstOrDefault(g => g.Count() > 1) is { } repeated) throw Throw.TokenRepeated(_layer, repeated.Key, repeated.Count());
        Reserved("mask", _options.Mask);
        if (_options.Invert) Reserved("oov", [_options.Oov]);
        if (First + tokens.Length > _options.MaxTokens) throw Throw.BadArgument(_layer.Where, "vocabulary", $"at most maxTokens ({_options.MaxTokens}) tokens with the special ones", First + tokens.Length, "Shorten it, or raise maxTokens.");
        var all = weights is null ? [] : holdsSpecial ? [.. weights] : Front(weights);
        Fill(tokens, all);
        (Known, Weights) = (vocabulary, weights);

        void Reserved(string kind, T[] reserved)
        {
            if (reserved.FirstOrDefault(tokens.Contains) is { } token && reserved.Length > 0 && tokens.Contains(token)) throw Throw.TokenReserved(_layer, kind, token, string.Join(", ", special));
        }
    }

    /// <summary>Learns the vocabulary: the most frequent tokens first, among equally frequent ones the greatest.</summary>
    /// <param name="documents">The tokens of each document.</param>
    public void Adapt(IEnumerable<IEnumerable<T>> documents)
    {
        if (_isGiven) throw Throw.AdaptGiven(_layer, "vocabulary", null);
        var counts = new Dictionary<T, (long All, long Documents)>();
        long number = 0;
        foreach (var document in documents)
        {
            var seen = new HashSet<T>();
            foreach (var token in document)
            {
                var (all, inside) = counts.GetValueOrDefault(token);
                counts[token] = (all + 1, seen.Add(token) ? inside + 1 : inside);
            }
            number++;
        }
        if (counts.Count == 0) throw Throw.NothingToAdapt(_layer);
        foreach (var token in (T[])[.. _options.Mask, _options.Oov]) _ = counts.Remove(token);
        var sorted = counts.OrderByDescending(c => c.Value.All).ThenByDescending(c => c.Key, _options.Order).Take((_options.MaxTokens ?? int.MaxValue) - First).ToList();
        T[] tokens = [.. sorted.Select(c => c.Key)];
        // Keras's smoothed inverse document frequency.
        var weights = _options.Mode == OutputMode.TfIdf ? new Numbers(sorted.Select(c => (double)(float)Math.Log(1 + (number / (1.0 + c.Value.Documents))))) : null;
        Fill(tokens, weights is null ? [] : Front(weights));
        (Known, Weights) = (new(tokens), weights);
    }

    /// <summary>All tokens by their number, special ones included or not.</summary>
    public IReadOnlyList<T> Tokens(bool special) => special ? [.. _options.Mask.Take(Masks), .. Enumerable.Repeat(_options.Oov, _options.OovIndices), .. _tokens] : _tokens;

    /// <summary>The numbers of tokens.</summary>
    public long[] Find(IEnumerable<T> tokens)
    {
        if (Known is null) throw Throw.NotAdapted(_layer, "vocabulary", "Give vocabulary, or call Adapt(data) or SetVocabulary(…) first.");
        return [.. tokens.Select(Find)];
    }

    /// <summary>The tokens of numbers; every other number is an unknown token.</summary>
    public IEnumerable<T> Invert(IEnumerable<long> numbers)
    {
        if (Known is null) throw Throw.NotAdapted(_layer, "vocabulary", "Give vocabulary, or call Adapt(data) or SetVocabulary(…) first.");
        return numbers.Select(n => n >= 0 && n < Masks ? _options.Mask[n] : n >= First && n < Size ? _tokens[n - First] : _options.Oov);
    }

    /// <summary>What stands where a sample has no token: the mask's number, or nothing.</summary>
    public long Nothing => _options.Mode == OutputMode.Int ? 0 : Depth!.Value;

    /// <summary>Times the inverse document frequencies, in mode <c>tf_idf</c>.</summary>
    public Tensor Weigh(Tensor counts) => _options.Mode == OutputMode.TfIdf ? counts.mul(Frequencies().to(counts.dtype).to(counts.device)) : counts;

    /// <summary>The weight of every place of a vector.</summary>
    public Tensor Frequencies() => torch.tensor(_frequencies);

    private long Find(T token)
    {
        if (_options.Mask is [var mask] && mask.Equals(token)) return Nothing;
        if (_places.TryGetValue(token, out var place)) return place;
        return _options.OovIndices switch
        {
            0 => throw Throw.BadInput(_layer, "only tokens of its vocabulary, because numOovIndices is 0,", $"'{token}'", "Set numOovIndices: 1 to give unknown tokens a number."),
            1 => Masks,
            _ => Masks + _options.OovPlace(token),
        };
    }

    private void Fill(T[] tokens, double[] weights)
    {
        var size = First + tokens.Length;
        _layer.CheckDepth(_options.Pad ? _options.MaxTokens!.Value : size);
        _tokens = tokens;
        _places = [];
        for (var i = 0; i < tokens.Length; i++) _places[tokens[i]] = First + i;
        _frequencies = [.. weights.Select(w => (float)w), .. Enumerable.Repeat(0f, _options.Pad && weights.Length > 0 ? _options.MaxTokens!.Value - weights.Length : 0)];
    }

    /// <summary>Unknown tokens get the mean weight, because nobody knows in how many documents they will be.</summary>
    private double[] Front(Numbers weights) => [.. Enumerable.Repeat(weights.Average(), First), .. weights];

    private void Check(Numbers? idfWeights)
    {
        var (where, maxTokens) = (_layer.Where, _options.MaxTokens);
        if (maxTokens is <= 1) throw Throw.BadArgument(where, "maxTokens", "greater than 1", maxTokens, "Leave it out for any number of tokens.");
        if (_options.Pad && maxTokens is null) throw Throw.BadArgument(where, "maxTokens", "given with padToMaxTokens", null, "Give the length of the vectors.");
        if (_options.OovIndices < 0) throw Throw.BadArgument(where, "numOovIndices", "at least 0", _options.OovIndices, "0 refuses unknown tokens, 1 gives them one number.");
        if (_options.MaxTokens <= First) throw Throw.BadArgument(where, "maxTokens", string.Create(CultureInfo.InvariantCulture, $"greater than the {First} special tokens"), maxTokens, "Leave room for the vocabulary.");
        if (_options.Invert && _options.Mode != OutputMode.Int) throw Throw.BadArgument(where, "outputMode", "int with invert", _options.Mode, "Tokens have no vectors; leave outputMode out.");
        if (idfWeights is not null && _options.Mode != OutputMode.TfIdf) throw Throw.IdfWeights(_layer, _options.Mode, idfWeights);
    }
}
