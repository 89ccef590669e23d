namespace DeepKeras.Layers;

/// <summary>
/// What the layers of texts have in common. Tensors hold no texts, so these layers stand before a model and not in its graph: call them on the data, or inside of
/// <c>dataset.Map(…)</c>. They have a configuration as every layer; a learnt vocabulary is part of it.
/// </summary>
public abstract class TextLayer : CategoryLayer
{
    private readonly LookupTable<string> _table;

    private protected TextLayer(LookupOptions<string> options, Vocabulary<string>? vocabulary, Numbers? idfWeights, string? name)
        : base(options.Mode, null, name)
    {
        MaxTokens = options.MaxTokens;
        PadToMaxTokens = options.Pad;
        _table = new(this, options, vocabulary, idfWeights);
    }

    /// <summary>The greatest size of the vocabulary, special tokens included.</summary>
    public int? MaxTokens { get; }

    /// <summary>The vocabulary that was given or learnt; <see langword="null"/> as long as there is none.</summary>
    public Vocabulary<string>? Vocabulary => _table.Known;

    /// <summary>A weight for each token of <see cref="Vocabulary"/>, given or learnt, in mode <c>tf_idf</c>.</summary>
    public Numbers? IdfWeights => _table.Weights;

    /// <summary>Whether vectors are maxTokens long even if the vocabulary is shorter.</summary>
    public bool PadToMaxTokens { get; }

    /// <summary>How many tokens there are, special ones included.</summary>
    public int VocabularySize => _table.Size;

    private protected LookupTable<string> Table => _table;

    private protected override long? Depth => _table.Depth;

    /// <summary>Learns the vocabulary from data, replacing that of an earlier call: the most frequent tokens first, of equally frequent ones the last in the order of characters.</summary>
    /// <param name="data">Texts; the rows of the first axis are the documents of <c>tf_idf</c>.</param>
    /// <exception cref="KerasException">The vocabulary was given to the constructor, or there is no data.</exception>
    public void Adapt(Strings data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _table.Adapt(Documents(data.Shape.Rank < 2 ? new Strings(data, new Shape((long?)data.Count, 1)) : data));
    }

    /// <summary>Learns the vocabulary from texts that are read one by one, replacing that of an earlier call.</summary>
    /// <param name="data">Texts, each a document.</param>
    /// <exception cref="KerasException">The vocabulary was given to the constructor, or there is no data.</exception>
    public void Adapt(IEnumerable<string> data) => _table.Adapt(data.SelectMany(d => Documents(new Strings([d], new Shape(1, 1)))));

    /// <summary>Learns the vocabulary from data that comes in batches, replacing that of an earlier call.</summary>
    /// <param name="batches">Texts. Without splitting, a batch of one axis is one document of <c>tf_idf</c>, as in Keras.</param>
    /// <exception cref="KerasException">The vocabulary was given to the constructor, or there is no data.</exception>
    public void Adapt(IEnumerable<Strings> batches) => _table.Adapt(batches.SelectMany(Documents));

    /// <summary>What the layer makes of texts.</summary>
    /// <param name="texts">Texts in an array.</param>
    /// <returns>A tensor on the CPU, as the layer's <b>Shapes</b> say.</returns>
    /// <exception cref="KerasException">There is no vocabulary yet, or the shape does not fit.</exception>
    public Tensor Call(Strings texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var scope = torch.NewDisposeScope();
        return _table.Weigh(Encode(Lookup(texts))).MoveToOuterDisposeScope();
    }

    /// <summary>What the layer makes of a sequence of texts.</summary>
    /// <param name="texts">Texts, an array of one axis.</param>
    /// <returns>A tensor on the CPU, as the layer's <b>Shapes</b> say.</returns>
    /// <exception cref="KerasException">There is no vocabulary yet, or the shape does not fit.</exception>
    public Tensor Call(IEnumerable<string> texts) => Call(new Strings(texts));

    /// <summary>The tokens by their numbers.</summary>
    /// <param name="includeSpecialTokens">Whether with the mask token and the unknown ones; then the place in the list is the number.</param>
    public IReadOnlyList<string> GetVocabulary(bool includeSpecialTokens = true) => _table.Tokens(includeSpecialTokens);

    /// <summary>Replaces the vocabulary.</summary>
    /// <param name="vocabulary">The tokens, with all special ones in front or none of them, or the path of a file with a token in each line.</param>
    /// <param name="idfWeights">For <c>tf_idf</c>: a weight for each token.</param>
    /// <exception cref="KerasException">A token is repeated or reserved, or there are too many.</exception>
    public void SetVocabulary(Vocabulary<string> vocabulary, Numbers? idfWeights = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _table.Set(vocabulary, idfWeights);
    }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input) => throw Throw.TextInGraph(this);

    /// <summary>The numbers of the tokens in texts.</summary>
    private protected abstract Tensor Lookup(Strings texts);

    /// <summary>The tokens of each document.</summary>
    private protected abstract IEnumerable<IEnumerable<string>> Documents(Strings texts);
}
