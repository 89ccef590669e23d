namespace DeepKeras.Layers;

/// <summary>
/// Whole numbers of any size as numbers 0, 1, 2 … by a vocabulary that is given or learnt (Keras: <c>keras.layers.IntegerLookup</c>), or as vectors of them.
/// First comes the mask token (in mode <c>int</c>), then the places for unknown numbers, then the vocabulary, by default the most frequent first.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>int</c>: unchanged, int64. <c>one_hot</c>: <c>(N, …) → (N, …, tokens)</c>, a last axis of 1 being replaced. <c>multi_hot</c>, <c>count</c>,
/// <c>tf_idf</c>: <c>(N, s, …) → (N, …, tokens)</c>; a tensor of one axis is one sample. Here <c>tokens</c> is <see cref="VocabularySize"/>, or maxTokens with padToMaxTokens.
/// <code>var lookup = new IntegerLookup(vocabulary: [12, 36, 1138, 42]);
/// var ids = lookup.Call(torch.tensor((long[])[12, 1138, 1000]));   // 1, 3, 0</code>
/// </remarks>
public sealed class IntegerLookup : CategoryLayer
{
    private readonly LookupTable<long> _table;

    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">The greatest size of the vocabulary, special tokens included, greater than 1; any by default.</param>
    /// <param name="numOovIndices">How many numbers unknown tokens share, at least 0; 1 by default. With 0 they are refused.</param>
    /// <param name="maskToken">The token for "nothing": number 0 in mode <c>int</c>, left out of vectors; none by default.</param>
    /// <param name="oovToken">What unknown tokens are called in the vocabulary and with <paramref name="invert"/>; −1 by default.</param>
    /// <param name="vocabulary">The tokens, or the path of a file with one in each line; learnt with <see cref="Adapt(Tensor)"/> by default.</param>
    /// <param name="idfWeights">For <c>tf_idf</c>: a weight for each token of <paramref name="vocabulary"/>.</param>
    /// <param name="invert">Whether to go back from numbers to tokens; <see langword="false"/> by default.</param>
    /// <param name="outputMode"><c>"int"</c> (the default), <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c> or <c>"tf_idf"</c>.</param>
    /// <param name="padToMaxTokens">Whether vectors are maxTokens long even if the vocabulary is shorter; <see langword="false"/> by default.</param>
    /// <param name="oovMethod">How several unknown numbers are chosen: <c>"floormod"</c> (the default), the token modulo numOovIndices, or <c>"farmhash"</c>, its hash.</param>
    /// <param name="salt">The key of SipHash for <c>"farmhash"</c>: one whole number, or two; none by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A value is out of range, or two of them contradict each other.</exception>
    public IntegerLookup(
        int? maxTokens = null,
        int numOovIndices = 1,
        long? maskToken = null,
        long oovToken = -1,
        Vocabulary<long>? vocabulary = null,
        Numbers? idfWeights = null,
        bool invert = false,
        OutputMode outputMode = default,
        bool padToMaxTokens = false,
        string oovMethod = "floormod",
        HashSalt? salt = null,
        Shape? inputShape = null,
        string? name = null)
        : base(outputMode, inputShape, name)
    {
        if (oovMethod is not ("floormod" or "farmhash")) throw Throw.UnknownName(nameof(oovMethod), oovMethod, ["floormod", "farmhash"]);
        if (salt is not null && oovMethod != "farmhash") throw Throw.BadArgument(Where, nameof(oovMethod), "farmhash with salt", oovMethod, "Set oovMethod: \"farmhash\", or leave salt out.");
        (MaxTokens, NumOovIndices, MaskToken, OovToken) = (maxTokens, numOovIndices, maskToken, oovToken);
        (Invert, PadToMaxTokens, OovMethod, Salt) = (invert, padToMaxTokens, oovMethod, salt);
        var options = new LookupOptions<long>
        {
            Mode = outputMode,
            MaxTokens = maxTokens,
            OovIndices = numOovIndices,
            Mask = maskToken is { } mask ? [mask] : [],
            Oov = oovToken,
            Pad = padToMaxTokens,
            Invert = invert,
            OovPlace = oovMethod == "farmhash" ? n => TextHash.Bin(n, numOovIndices, salt) : n => ((n % numOovIndices) + numOovIndices) % numOovIndices,
            Order = Comparer<long>.Default,
        };
        _table = new(this, options, vocabulary, idfWeights);
    }

    /// <summary>The greatest size of the vocabulary.</summary>
    public int? MaxTokens { get; }

    /// <summary>How many numbers unknown tokens share.</summary>
    public int NumOovIndices { get; }

    /// <summary>The token for "nothing".</summary>
    public long? MaskToken { get; }

    /// <summary>What unknown tokens are called.</summary>
    public long OovToken { get; }

    /// <summary>The vocabulary that was given or learnt; <see langword="null"/> as long as there is none.</summary>
    public Vocabulary<long>? Vocabulary => _table.Known;

    /// <summary>A weight for each token of <see cref="Vocabulary"/>, given or learnt, in mode <c>tf_idf</c>.</summary>
    public Numbers? IdfWeights => _table.Weights;

    /// <summary>Whether the layer goes back from numbers to tokens.</summary>
    public bool Invert { get; }

    /// <summary>Whether vectors are maxTokens long.</summary>
    public bool PadToMaxTokens { get; }

    /// <summary>How several unknown numbers are chosen.</summary>
    public string OovMethod { get; }

    /// <summary>The key of SipHash.</summary>
    public HashSalt? Salt { get; }

    /// <summary>How many tokens there are, special ones included.</summary>
    public int VocabularySize => _table.Size;

    private protected override long? Depth => _table.Depth;

    /// <summary>Learns the vocabulary from data, replacing that of an earlier call: the most frequent tokens first, of equally frequent ones the greatest.</summary>
    /// <param name="data">Whole numbers; the rows of the first axis are the documents of <c>tf_idf</c>.</param>
    /// <exception cref="KerasException">The vocabulary was given to the constructor, there is no data, or a graph was built on a vocabulary of another size.</exception>
    public void Adapt(Tensor data) => _table.Adapt(Documents(data, data.ndim < 2));

    /// <summary>Learns the vocabulary from data that comes in batches, replacing that of an earlier call.</summary>
    /// <param name="batches">Whole numbers; the rows of a batch are the documents of <c>tf_idf</c>, a batch of one axis is one document, as in Keras.</param>
    /// <exception cref="KerasException">The vocabulary was given to the constructor, there is no data, or a graph was built on a vocabulary of another size.</exception>
    public void Adapt(IEnumerable<Tensor> batches) => _table.Adapt(batches.SelectMany(b => Documents(b, false)));

    /// <summary>The tokens by their numbers.</summary>
    /// <param name="includeSpecialTokens">Whether with the mask token and the unknown ones; then the place in the list is the number.</param>
    public IReadOnlyList<long> GetVocabulary(bool includeSpecialTokens = true) => _table.Tokens(includeSpecialTokens);

    /// <summary>Replaces the vocabulary.</summary>
    /// <param name="vocabulary">The tokens, with all special ones in front or none of them, or the path of a file.</param>
    /// <param name="idfWeights">For <c>tf_idf</c>: a weight for each token.</param>
    /// <exception cref="KerasException">A token is repeated or reserved, there are too many, or a graph was built on a vocabulary of another size.</exception>
    public void SetVocabulary(Vocabulary<long> vocabulary, Numbers? idfWeights = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _table.Set(vocabulary, idfWeights);
    }

    /// <summary>The weight of every place of a vector, in mode <c>tf_idf</c>.</summary>
    internal Tensor Frequencies() => _table.Frequencies();

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        OutputMode == OutputMode.Int || Depth is not null ? base.ComputeOutputShape(input) : throw Throw.NotAdapted(this, "vocabulary", "Give vocabulary, or call Adapt(data) or SetVocabulary(…) first.");

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var numbers = Read(input);
        long[] found = Invert ? [.. _table.Invert(numbers)] : _table.Find(numbers);
        return _table.Weigh(Encode(Write(found, input.shape, input.device)));
    }

    private static IEnumerable<long[]> Documents(Tensor data, bool eachAlone)
    {
        var numbers = Read(data);
        return numbers.Length == 0 ? [] : numbers.Chunk(eachAlone ? 1 : data.ndim < 2 ? numbers.Length : numbers.Length / (int)data.shape[0]);
    }
}
