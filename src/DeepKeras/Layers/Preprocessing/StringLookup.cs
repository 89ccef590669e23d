namespace DeepKeras.Layers;

/// <summary>
/// Texts as numbers 0, 1, 2 … by a vocabulary that is given or learnt (Keras: <c>keras.layers.StringLookup</c>), or as vectors of them. First comes the mask token
/// (in mode <c>int</c>), then the places for unknown texts, then the vocabulary, by default the most frequent first.
/// </summary>
/// <remarks>
/// <b>Shapes</b> of <see cref="TextLayer.Call(Strings)"/>: <c>int</c>: that of the texts, int64. <c>one_hot</c>: <c>(N, …) → (N, …, tokens)</c>, a last axis of 1 being
/// replaced. <c>multi_hot</c>, <c>count</c>, <c>tf_idf</c>: <c>(N, s, …) → (N, …, tokens)</c>; an array of one axis is one sample.
/// <code>var lookup = new StringLookup(vocabulary: ["a", "b", "c"]);
/// var ids = lookup.Call(["b", "c", "d"]);                                       // 2, 3, 0
/// var words = new StringLookup(vocabulary: ["a", "b", "c"], invert: true).Decode(ids);   // b, c, [UNK]</code>
/// </remarks>
public sealed class StringLookup : TextLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">The greatest size of the vocabulary, special tokens included, greater than 1; any by default.</param>
    /// <param name="numOovIndices">How many numbers unknown texts share by their hash, at least 0; 1 by default. With 0 they are refused.</param>
    /// <param name="maskToken">The text for "nothing": number 0 in mode <c>int</c>, left out of vectors; none by default.</param>
    /// <param name="oovToken">What unknown texts are called in the vocabulary and with <paramref name="invert"/>; <c>[UNK]</c> by default.</param>
    /// <param name="vocabulary">The texts, or the path of a file with one in each line; learnt with <see cref="TextLayer.Adapt(Strings)"/> by default.</param>
    /// <param name="idfWeights">For <c>tf_idf</c>: a weight for each text of <paramref name="vocabulary"/>.</param>
    /// <param name="invert">Whether the layer goes back from numbers to texts, with <see cref="Decode"/>; <see langword="false"/> by default.</param>
    /// <param name="outputMode"><c>"int"</c> (the default), <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c> or <c>"tf_idf"</c>.</param>
    /// <param name="padToMaxTokens">Whether vectors are maxTokens long even if the vocabulary is shorter; <see langword="false"/> by default.</param>
    /// <param name="salt">Two numbers, or one for both, as the key of SipHash, which then spreads unknown texts; FarmHash by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A value is out of range, or two of them contradict each other.</exception>
    public StringLookup(
        int? maxTokens = null,
        int numOovIndices = 1,
        string? maskToken = null,
        string oovToken = "[UNK]",
        Vocabulary<string>? vocabulary = null,
        Numbers? idfWeights = null,
        bool invert = false,
        OutputMode outputMode = default,
        bool padToMaxTokens = false,
        HashSalt? salt = null,
        string? name = null)
        : base(Options(maxTokens, numOovIndices, maskToken, oovToken, invert, outputMode, padToMaxTokens, salt), vocabulary, idfWeights, name)
    {
        NumOovIndices = numOovIndices;
        MaskToken = maskToken;
        OovToken = oovToken;
        Invert = invert;
        Salt = salt;
    }

    /// <summary>How many numbers unknown texts share.</summary>
    public int NumOovIndices { get; }

    /// <summary>The text for "nothing".</summary>
    public string? MaskToken { get; }

    /// <summary>What unknown texts are called.</summary>
    public string OovToken { get; }

    /// <summary>Whether the layer goes back from numbers to texts.</summary>
    public bool Invert { get; }

    /// <summary>The key of SipHash.</summary>
    public HashSalt? Salt { get; }

    /// <summary>The texts of numbers, for a layer with <c>invert: true</c>.</summary>
    /// <param name="numbers">Whole numbers.</param>
    /// <returns>Texts in the same shape; <c>oovToken</c> for numbers without a text.</returns>
    /// <exception cref="KerasException">The layer goes the other way, or there is no vocabulary yet.</exception>
    public Strings Decode(Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (!Invert) throw Throw.BadInput(this, "texts", $"numbers of shape {Shape.Of(numbers)}", "Create a layer with invert: true to go back from numbers to texts.");
        return new(Table.Invert(Read(numbers)), Shape.Of(numbers));
    }

    private protected override Tensor Lookup(Strings texts)
    {
        if (Invert) throw Throw.BadInput(this, "numbers", $"texts of shape {texts.Shape}", "A layer with invert: true gives texts: call Decode(numbers).");
        return Write(Table.Find(texts), texts.Shape.ToArray(), torch.CPU);
    }

    private protected override IEnumerable<IEnumerable<string>> Documents(Strings texts) =>
        texts.Count == 0 ? [] : texts.Chunk(texts.Shape.Rank < 2 ? texts.Count : texts.Count / (int)texts.Shape[0]!.Value);

    private static LookupOptions<string> Options(int? maxTokens, int oovIndices, string? mask, string oov, bool invert, OutputMode mode, bool pad, HashSalt? salt)
    {
        ArgumentNullException.ThrowIfNull(oov);
        return new()
        {
            Mode = mode,
            MaxTokens = maxTokens,
            OovIndices = oovIndices,
            Mask = mask is null ? [] : [mask],
            Oov = oov,
            Pad = pad,
            Invert = invert,
            OovPlace = text => TextHash.Bin(text, oovIndices, salt),
            Order = TextOrder.Instance,
        };
    }
}
