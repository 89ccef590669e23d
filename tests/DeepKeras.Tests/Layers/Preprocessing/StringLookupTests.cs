using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected numbers: keras/src/layers/preprocessing/string_lookup_test.py and index_lookup_test.py.</summary>
public sealed class StringLookupTests
{
    private static readonly string[] s_data = ["one", "one", "one", "two", "two", "three"];
    private static readonly string[] s_words = ["one", "two", "three"];

    [Test]
    public void A_vocabulary_is_learnt_given_or_set()
    {
        using var scope = torch.NewDisposeScope();
        var learnt = Lookup();
        learnt.Adapt(s_data);
        var whole = Lookup();
        whole.SetVocabulary(["", "[OOV]", "one", "two", "three"]);
        var set = Lookup();
        set.SetVocabulary(s_words);
        foreach (var layer in new[] { learnt, whole, set, new StringLookup(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: s_words) })
        {
            layer.GetVocabulary().Should().Equal("", "[OOV]", "one", "two", "three");
            layer.GetVocabulary(includeSpecialTokens: false).Should().Equal(s_words);
            layer.VocabularySize.Should().Be(5);
            Close(layer.Call(["one", "two", "four"]), [2, 3, 1]);
        }

        static StringLookup Lookup() => new(maxTokens: 7, maskToken: "", oovToken: "[OOV]");
    }

    [Test]
    public void All_ways_to_give_texts_are_taken()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StringLookup(vocabulary: ["a", "b", "c"]);
        Close(layer.Call(["b", "c", "d"]), [2, 3, 0]);
        Close(layer.Call(new List<string> { "b", "c" }), [2, 3]);
        Close(layer.Call(new[] { "b", "c" }.Where(t => t != "c")), [2]);
        Close(layer.Call(new[,] { { "b" }, { "c" } }), Integers([2, 3], 2, 1));
        Close(layer.Call("b"), 2);
        layer.Call(Array.Empty<string>()).shape.Should().Equal(0);
        layer.Call("b").dtype.Should().Be(ScalarType.Int64);
        var data = Dataset.From(s_data).Map(t => layer.Call(t)).Elements().Select(t => t.item<long>());
        data.Should().AllBeEquivalentTo(0L);
    }

    [Test]
    public void Ties_are_broken_by_the_greatest_character()
    {
        var layer = new StringLookup();
        // U+FFFD is above U+10000 in UTF-16 and below it in UTF-8
        layer.Adapt((IEnumerable<string>)["b", "ab", "\uFFFD", "\U00010000", "a"]);
        layer.GetVocabulary(false).Should().Equal("\U00010000", "\uFFFD", "b", "ab", "a");
        layer.Adapt([new Strings(["x", "y"]), new Strings(["y"])]);
        layer.GetVocabulary().Should().Equal("[UNK]", "y", "x");
    }

    [Test]
    public void Texts_become_vectors()
    {
        using var scope = torch.NewDisposeScope();
        Strings batch = new[,] { { "one", "two", "four", "two" } };
        Close(Lookup("multi_hot").Call(["one", "two", "four"]), [1, 1, 1, 0]);
        Close(Lookup("multi_hot").Call(batch), Floats([1, 1, 1, 0], 1, 4));
        Close(Lookup("one_hot").Call(["one", "two", "four"]), Floats([0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0], 3, 4));
        Close(Lookup("count").Call(batch), Floats([1, 1, 2, 0], 1, 4));
        Close(Lookup("count").Call(["one", "", ""]), [0, 1, 0, 0]);
        Close(new StringLookup(maxTokens: 7, maskToken: "", vocabulary: s_words, idfWeights: [0.1, 0.2, 0.3], outputMode: "tf_idf").Call(batch), Floats([0.2f, 0.1f, 0.4f, 0], 1, 4));
        var padded = new StringLookup(maxTokens: 6, vocabulary: s_words, idfWeights: [0.1, 0.2, 0.3], outputMode: "tf_idf", padToMaxTokens: true);
        Close(padded.Call(batch), Floats([0.2f, 0.1f, 0.4f, 0, 0, 0], 1, 6));
        var nested = new StringLookup(maxTokens: 20, numOovIndices: 4, vocabulary: ["a", "b", "c", "d", "e", "f", "g", "h", "i"], outputMode: "one_hot", padToMaxTokens: true);
        nested.Call(new[,,] { { { "a", "b" }, { "c", "d" } }, { { "a", "b" }, { "c", "d" } } }).shape.Should().Equal(2, 2, 2, 20);

        static StringLookup Lookup(string mode) => new(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: s_words, outputMode: mode);
    }

    [Test]
    public void Inverse_document_frequencies_are_learnt()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StringLookup(maxTokens: 7, maskToken: "", oovToken: "[OOV]", outputMode: "tf_idf");
        layer.Adapt(s_data);
        layer.IdfWeights.Should().HaveCount(3);
        Close(layer.Call(["one", "two", "four"]), [1.1337324, 0.91629076, 1.0986123, 0]);
        layer.Adapt(new[,] { { "one", "one" }, { "one", "two" }, { "two", "three" } });
        layer.GetVocabulary(false).Should().Equal("one", "two", "three");
        Close(layer.Call(new[,] { { "one", "two" }, { "two", "four" } }), Floats([0, 0.6931472f, 0.6931472f, 0, 0.76752836f, 0, 0.6931472f, 0], 2, 4));
    }

    [Test]
    public void Inverted_it_gives_the_texts_back()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StringLookup(maxTokens: 7, maskToken: "", oovToken: "[OOV]", vocabulary: s_words, invert: true);
        layer.Decode(Integers([2, 3, 1], 3)).Should().Equal("one", "two", "[OOV]");
        var batch = layer.Decode(Integers([2, 3, 0, 9], 1, 4));
        batch.Should().Equal("one", "two", "", "[OOV]");
        batch.Shape.Should().Equal(1, 4);
    }

    [Test]
    public void Several_unknown_numbers_are_chosen_by_hash()
    {
        using var scope = torch.NewDisposeScope();
        Strings unknown = ["x", "y", "z", "w", "v", "u"];
        Close(new StringLookup(vocabulary: ["a"], numOovIndices: 4).Call(unknown), new Hashing(4).Call(unknown));
        Close(new StringLookup(vocabulary: ["a"], numOovIndices: 4, salt: (137, 42)).Call(unknown), new Hashing(4, salt: (137, 42)).Call(unknown));
    }

    [Test]
    public void A_learnt_vocabulary_is_part_of_the_configuration()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StringLookup(maskToken: "", outputMode: "tf_idf", salt: 3);
        layer.Adapt(new[,] { { "é\"", "é\"" }, { "two", "" } });
        var copy = (StringLookup)ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(ObjectConfig.Write(layer).ToJsonString())!);
        copy.GetVocabulary().Should().Equal(layer.GetVocabulary());
        copy.Salt.Should().Be(new HashSalt(3, 3));
        Close(copy.Call(["é\"", "?"]), layer.Call(["é\"", "?"]));
    }

    [Test]
    public void A_vocabulary_is_read_from_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("vocab.txt"), "a\nb\nc\n");
        var layer = new StringLookup(oovToken: "[OOV]", maskToken: "[MASK]", vocabulary: folder.File("vocab.txt"));
        layer.GetVocabulary().Should().Equal("[MASK]", "[OOV]", "a", "b", "c");
        layer.Vocabulary!.ToString().Should().Be("3 tokens: a, b, c");
        layer.Vocabulary![1].Should().Be("b");
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new StringLookup(vocabulary: ["a"], name: "l").Apply(Input(2))).Should().Be("StringLookup 'l' expects texts but a model's graph, as every tensor, holds numbers only. Call it on the data before the model, layer.Call(texts) or dataset.Map(text => layer.Call(text)), and start the model with an Input for what comes out.");
        Message(() => new StringLookup(vocabulary: ["a"], name: "l").Call(torch.ones(2))).Should().StartWith("StringLookup 'l' expects texts but a model's graph");
        Message(() => new StringLookup(vocabulary: ["a"], name: "l").Decode(torch.ones(2))).Should().Be("StringLookup 'l' expects texts but received numbers of shape (2,). Create a layer with invert: true to go back from numbers to texts.");
        Message(() => new StringLookup(vocabulary: ["a"], invert: true, name: "l").Call(["a"])).Should().Be("StringLookup 'l' expects numbers but received texts of shape (1,). A layer with invert: true gives texts: call Decode(numbers).");
        Message(() => new StringLookup(name: "l").Call(["a"])).Should().StartWith("StringLookup 'l' expects its vocabulary before it is used but has none.");
        Message(() => new Strings(["a", "b"], 3)).Should().Be("Strings: shape must be a shape of 2 elements but was (3,). Give as many texts as the shape holds.");
        Message(() => new Strings(["a", null!])).Should().Be("Strings: values must be texts but was null at position 1. Put an empty text there.");
        new Strings(["a"]).ToString().Should().Be("(1,) [\"a\"]");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
