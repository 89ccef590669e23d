namespace DeepKeras.Layers;

/// <summary>
/// Texts as sequences of token numbers or as vectors (Keras: <c>keras.layers.TextVectorization</c>): each text is standardized, split, perhaps joined into n-grams,
/// and looked up in a vocabulary that is given or learnt. Number 0 is padding, 1 an unknown token; the vectors have no place for padding.
/// </summary>
/// <remarks>
/// <b>Shapes</b> of <see cref="TextLayer.Call(Strings)"/>: <c>(N)</c> or <c>(N, 1)</c> → <c>int</c>: <c>(N, outputSequenceLength)</c>, by default as long as the longest
/// text, int64; <c>one_hot</c>: <c>(N, length, tokens)</c>; <c>multi_hot</c>, <c>count</c>, <c>tf_idf</c>: <c>(N, tokens)</c>. A single text gives the same without the
/// first axis. With <c>split: null</c> the last axis holds the tokens of a text.
/// <code>var vectorize = new TextVectorization(maxTokens: 5000, outputSequenceLength: 4);
/// vectorize.Adapt(["foo bar", "bar baz", "baz bada boom"]);
/// var ids = vectorize.Call(["foo qux bar", "qux baz"]);   // (4, 1, 3, 0), (1, 2, 0, 0)
/// var data = Dataset.From(texts).Map(text => vectorize.Call(text)).Batch(32);</code>
/// </remarks>
public sealed class TextVectorization : TextLayer
{
    private const string Padding = "";
    private const string Unknown = "[UNK]";

    /// <summary>Creates the layer.</summary>
    /// <param name="maxTokens">The greatest size of the vocabulary, padding and unknown tokens included, greater than 1; any by default.</param>
    /// <param name="standardize"><c>"lower_and_strip_punctuation"</c> (the default), <c>"lower"</c>, <c>"strip_punctuation"</c>, <see langword="null"/>, or a function: <c>new(text => …)</c>.</param>
    /// <param name="split"><c>"whitespace"</c> (the default), <c>"character"</c>, <see langword="null"/>, or a function: <c>new(text => …)</c>.</param>
    /// <param name="ngrams">2 for single tokens and pairs, <c>(1, 3)</c> for exactly these; single tokens by default.</param>
    /// <param name="outputMode"><c>"int"</c> (the default), <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c> or <c>"tf_idf"</c>.</param>
    /// <param name="outputSequenceLength">How long sequences are in mode <c>int</c>: longer ones are cut at the end, shorter ones filled with 0; as the longest by default.</param>
    /// <param name="padToMaxTokens">Whether vectors are maxTokens long even if the vocabulary is shorter; <see langword="false"/> by default.</param>
    /// <param name="vocabulary">The tokens, or the path of a file with one in each line; learnt with <see cref="TextLayer.Adapt(Strings)"/> by default.</param>
    /// <param name="idfWeights">For <c>tf_idf</c>: a weight for each token of <paramref name="vocabulary"/>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A value is out of range, or two of them contradict each other.</exception>
    public TextVectorization(
        int? maxTokens = null,
        TextStandardization standardize = default,
        TextSplit split = default,
        NGrams? ngrams = null,
        OutputMode outputMode = default,
        int? outputSequenceLength = null,
        bool padToMaxTokens = false,
        Vocabulary<string>? vocabulary = null,
        Numbers? idfWeights = null,
        string? name = null)
        : base(Options(maxTokens, outputMode, padToMaxTokens), vocabulary, idfWeights, name)
    {
        if (outputSequenceLength is not null && outputMode != OutputMode.Int) throw Throw.BadArgument(Where, nameof(outputSequenceLength), $"left out with outputMode {outputMode}", outputSequenceLength, "Vectors have a place for each token; leave it out.");
        if (outputSequenceLength < 1) throw Throw.BadArgument(Where, nameof(outputSequenceLength), "at least 1", outputSequenceLength, "Give the length of every sequence.");
        Standardize = standardize;
        Split = split;
        Ngrams = ngrams;
        OutputSequenceLength = outputSequenceLength;
    }

    /// <summary>What happens to a text before it is split.</summary>
    public TextStandardization Standardize { get; }

    /// <summary>How a text becomes tokens.</summary>
    public TextSplit Split { get; }

    /// <summary>How many neighbouring tokens make one.</summary>
    public NGrams? Ngrams { get; }

    /// <summary>How long sequences are.</summary>
    public int? OutputSequenceLength { get; }

    private protected override Tensor Lookup(Strings texts)
    {
        var rows = Rows(texts).Select(Table.Find).ToList();
        var length = OutputSequenceLength ?? (rows.Count == 0 ? 0 : rows.Max(r => r.Length));
        var numbers = new long[rows.Count * length];
        Array.Fill(numbers, Table.Nothing);
        for (var i = 0; i < rows.Count; i++) rows[i].AsSpan(0, Math.Min(length, rows[i].Length)).CopyTo(numbers.AsSpan(i * length));
        long[] outer = [.. texts.Shape.ToArray().Take(Split.IsNone ? texts.Shape.Rank - 1 : Math.Min(texts.Shape.Rank, 1))];
        return Write(numbers, [.. outer, length], torch.CPU);
    }

    private protected override IEnumerable<IEnumerable<string>> Documents(Strings texts) => Rows(texts);

    private IEnumerable<string[]> Rows(Strings texts)
    {
        var rank = texts.Shape.Rank;
        if (!Split.IsNone && (rank > 2 || (rank == 2 && texts.Shape[1] != 1))) throw Throw.BadInput(this, "texts of shape (N) or (N, 1)", texts.Shape, "Give one text per sample, or set split: null where each is a token already.");
        var (standardize, split) = (Standardize, Split);
        var plain = texts.Select(standardize.Apply);
        IEnumerable<string[]> rows = !split.IsNone ? plain.Select(split.Apply) : texts.Count == 0 ? [] : plain.Chunk((int)(rank == 0 ? 1 : texts.Shape[^1]!.Value));
        return Ngrams is { } ngrams ? rows.Select(ngrams.Join) : rows;
    }

    private static LookupOptions<string> Options(int? maxTokens, OutputMode mode, bool pad) => new()
    {
        Mode = mode,
        MaxTokens = maxTokens,
        Mask = [Padding],
        Oov = Unknown,
        Pad = pad,
        OovPlace = _ => 0,
        Order = TextOrder.Instance,
    };
}
