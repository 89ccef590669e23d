using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected numbers: keras/src/layers/preprocessing/text_vectorization_test.py.</summary>
public sealed class TextVectorizationTests
{
    private static readonly string[] s_foo = ["foo", "bar", "baz"];
    private static readonly string[] s_texts = ["foo bar", "bar baz", "baz bada boom"];

    [Test]
    public void A_vocabulary_is_learnt_given_or_set()
    {
        using var scope = torch.NewDisposeScope();
        var learnt = new TextVectorization(maxTokens: 5000, outputSequenceLength: 4);
        learnt.Adapt(s_texts);
        learnt.GetVocabulary().Should().Equal("", "[UNK]", "baz", "bar", "foo", "boom", "bada");
        var given = new TextVectorization(maxTokens: 5000, outputSequenceLength: 4, vocabulary: ["baz", "bar", "foo"]);
        var set = new TextVectorization(maxTokens: 5000, outputSequenceLength: 4);
        set.SetVocabulary(["baz", "bar", "foo"]);
        foreach (var layer in new[] { learnt, given, set })
        {
            Close(layer.Call(["foo qux bar", "qux baz"]), Integers([4, 1, 3, 0, 1, 2, 0, 0], 2, 4));
            Close(layer.Call(new[,] { { "foo qux bar" }, { "qux baz" } }), Integers([4, 1, 3, 0, 1, 2, 0, 0], 2, 4));
        }
        given.VocabularySize.Should().Be(5);
        given.GetVocabulary(includeSpecialTokens: false).Should().Equal("baz", "bar", "foo");
    }

    [Test]
    public void Sequences_are_as_long_as_the_longest_or_as_is_said()
    {
        using var scope = torch.NewDisposeScope();
        Close(new TextVectorization(vocabulary: s_foo).Call(["foo bar baz", "", "bar"]), Integers([2, 3, 4, 0, 0, 0, 3, 0, 0], 3, 3));
        Close(new TextVectorization(vocabulary: s_foo, outputSequenceLength: 2).Call(["foo bar baz", "bar"]), Integers([2, 3, 3, 0], 2, 2));
        Close(new TextVectorization(vocabulary: s_foo).Call("foo baz"), [2, 4]);
        new TextVectorization(vocabulary: s_foo).Call([" ", ""]).shape.Should().Equal(2, 0);
        new TextVectorization(vocabulary: s_foo).Call(Array.Empty<string>()).shape.Should().Equal(0, 0);
    }

    [Test]
    public void Texts_become_vectors()
    {
        using var scope = torch.NewDisposeScope();
        Strings texts = ["foo bar", "baz foo foo"];
        Close(new TextVectorization(outputMode: "multi_hot", vocabulary: s_foo).Call(texts), Floats([0, 1, 1, 0, 0, 1, 0, 1], 2, 4));
        Close(new TextVectorization(outputMode: "count", vocabulary: s_foo).Call(texts), Floats([0, 1, 1, 0, 0, 2, 0, 1], 2, 4));
        Close(new TextVectorization(outputMode: "tf_idf", vocabulary: s_foo, idfWeights: [0.3, 0.5, 0.2]).Call(texts), Floats([0, 0.3f, 0.5f, 0, 0, 0.6f, 0, 0.2f], 2, 4));
        Close(new TextVectorization(outputMode: "one_hot", vocabulary: s_foo).Call(["foo bar", "baz"]), Floats([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0], 2, 2, 4));
        Close(new TextVectorization(maxTokens: 8, outputMode: "multi_hot", padToMaxTokens: true, vocabulary: ["foo", "bar"]).Call(["foo bar"]), Floats([0, 1, 1, 0, 0, 0, 0, 0], 1, 8));
        Close(new TextVectorization(outputMode: "count", vocabulary: s_foo).Call("foo foo x"), [1, 2, 0, 0]);
        Close(new TextVectorization(outputMode: "count", vocabulary: s_foo).Call([""]), Floats([0, 0, 0, 0], 1, 4));
    }

    [Test]
    public void Texts_are_standardized()
    {
        using var scope = torch.NewDisposeScope();
        const string text = "Hello, World!. This is just a nice test!";
        Close(new TextVectorization(vocabulary: ["hello", "world", "this", "is", "nice", "test"]).Call([text]), [2, 3, 4, 5, 1, 1, 6, 7]);
        Close(new TextVectorization(standardize: "lower", vocabulary: ["hello,", "hello", "world", "this", "is", "nice", "test"]).Call([text]), [2, 1, 5, 6, 1, 1, 7, 1]);
        Close(new TextVectorization(standardize: "strip_punctuation", vocabulary: ["Hello", "World", "Test"]).Call(["Hello, World! Test."]), [2, 3, 4]);
        Close(new TextVectorization(standardize: null, vocabulary: ["Hello", "world"]).Call(["Hello hello"]), [2, 1]);
        Close(new TextVectorization(standardize: new(t => t.Replace('-', ' ')), vocabulary: ["foo", "bar"]).Call(["foo-bar"]), [2, 3]);
        // all of ASCII's punctuation, nothing of Unicode's, and only ASCII's letters, as TensorFlow
        TextStandardization standard = default;
        standard.Apply("A!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'É“z").Should().Be("aÉ“z");
    }

    [Test]
    public void Texts_are_split()
    {
        using var scope = torch.NewDisposeScope();
        Close(new TextVectorization(split: "character", vocabulary: ["a", "b", "c", "d", "e"]).Call(["abcf"]), [2, 3, 4, 1]);
        Close(new TextVectorization(split: "character", vocabulary: ["\U0001F600"]).Call(["\U0001F600"]), Integers([2], 1, 1));
        Close(new TextVectorization(split: null, vocabulary: s_foo).Call(new[,] { { "foo" }, { "bar" }, { "unknown" } }), Integers([2, 3, 1], 3, 1));
        Close(new TextVectorization(split: null, vocabulary: s_foo).Call(["foo", "bar"]), [2, 3]);
        Close(new TextVectorization(split: new(t => t.Split('|')), standardize: null, vocabulary: s_foo).Call(["foo|baz"]), [2, 4]);
        Close(new TextVectorization(vocabulary: s_foo).Call(["\tfoo \r\n bar\v\fbaz "]), [2, 3, 4]);
        // a no-break space is a letter like any other
        Close(new TextVectorization(vocabulary: ["foo\u00A0bar"]).Call(["foo\u00A0bar"]), Integers([2], 1, 1));
    }

    [Test]
    public void Neighbours_become_ngrams()
    {
        using var scope = torch.NewDisposeScope();
        var pairs = new TextVectorization(ngrams: 2);
        pairs.Adapt(["foo bar baz"]);
        pairs.GetVocabulary(false).Should().Equal("foo bar", "foo", "baz", "bar baz", "bar");
        // single tokens first, then pairs
        Close(pairs.Call(["foo bar baz"]), [3, 6, 4, 2, 5]);
        var chosen = new TextVectorization(ngrams: (1, 3));
        chosen.Adapt(["foo bar baz"]);
        chosen.GetVocabulary(false).Should().BeEquivalentTo("foo", "bar", "baz", "foo bar baz");
        new NGrams(1, 2, 3).ToString().Should().Be("[1, 2, 3]");
        NGrams list = [2];
        list.Most.Should().BeNull();
    }

    [Test]
    public void Enumerations_and_batches_are_read_once()
    {
        var layer = new TextVectorization(maxTokens: 5, outputMode: "tf_idf");
        layer.Adapt(Enumerable.Range(0, 10).Select(i => i < 9 ? "a b c d" : "a a"));
        // ln(1 + 10 / 11) and ln(1 + 10 / 10)
        layer.GetVocabulary().Should().Equal("[UNK]", "a", "d", "c", "b");
        layer.IdfWeights.Should().BeEquivalentTo([0.6466271, 0.6931472, 0.6931472, 0.6931472], o => o.Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-6)).WhenTypeIs<double>());
        layer.Adapt([new Strings(["a b"]), new Strings(["b c"])]);
        layer.GetVocabulary(false).Should().Equal("b", "c", "a");
    }

    [Test]
    public void A_data_set_of_texts_trains_a_model()
    {
        SetRandomSeed(1);
        string[] texts = [.. Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? "a good film" : "a bad film")];
        var vectorize = new TextVectorization(outputMode: "multi_hot");
        vectorize.Adapt(texts);
        var data = Dataset.From(texts).Map(t => new Sample(vectorize.Call(t), torch.tensor([t.Contains("good", StringComparison.Ordinal) ? 1f : 0f]))).Batch(16);
        Sequential model = [Input(vectorize.VocabularySize), Dense(1, "sigmoid")];
        model.Compile(new Adam(0.1), "binary_crossentropy", ["accuracy"]);
        _ = model.Fit(data, epochs: 5, verbose: 0);
        model.Predict(vectorize.Call(["bad", "good"])).Single.gt(0.5).cpu().data<bool>().ToArray().Should().Equal(false, true);
    }

    [Test]
    public void The_configuration_survives_JSON()
    {
        using var scope = torch.NewDisposeScope();
        TextVectorization[] layers =
        [
            new(maxTokens: 100, ngrams: (1, 2), outputMode: "tf_idf"),
            new(standardize: null, split: null, outputSequenceLength: 3, ngrams: 2),
            new(standardize: "lower", split: "character"),
        ];
        foreach (var layer in layers)
        {
            layer.Adapt(s_texts);
            var json = ObjectConfig.Write(layer).ToJsonString();
            var copy = (TextVectorization)ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(json)!);
            Close(copy.Call(s_texts), layer.Call(s_texts));
            ObjectConfig.Write(copy).ToJsonString().Should().Be(json);
        }
        ObjectConfig.Write(layers[1])["config"]!["standardize"].Should().BeNull();
        ObjectConfig.Write(layers[1])["config"]!["ngrams"]!.ToJsonString().Should().Be("2");
        ObjectConfig.Write(layers[2])["config"]!["split"]!.GetValue<string>().Should().Be("character");
    }

    [Test]
    public void Config_of_Keras_is_read()
    {
        const string json = """
            {"module": "keras.layers", "class_name": "TextVectorization", "registered_name": null, "config": {"name": "text_vectorization", "trainable": true,
             "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}, "max_tokens": null,
             "standardize": "lower_and_strip_punctuation", "split": "whitespace", "ngrams": [1, 2], "output_mode": "int", "output_sequence_length": 5,
             "pad_to_max_tokens": false, "sparse": false, "ragged": false, "vocabulary": ["one", "two"], "idf_weights": null, "encoding": "utf-8", "vocabulary_size": 4}}
            """;
        using var scope = torch.NewDisposeScope();
        var layer = (TextVectorization)ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(json)!);
        Close(layer.Call(["two one"]), [3, 2, 1, 0, 0]);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new TextVectorization(outputMode: "multi_hot", outputSequenceLength: 5, name: "t")).Should().Be("TextVectorization 't': outputSequenceLength must be left out with outputMode multi_hot but was 5. Vectors have a place for each token; leave it out.");
        Message(() => new TextVectorization(outputSequenceLength: 0, name: "t")).Should().StartWith("TextVectorization 't': outputSequenceLength must be at least 1 but was 0.");
        Message(() => new TextVectorization(standardize: "upper")).Should().StartWith("Unknown standardize \"upper\".");
        Message(() => new TextVectorization(split: "comma")).Should().StartWith("Unknown split \"comma\".");
        Message(() => new TextVectorization(ngrams: 0)).Should().Be("ngrams must be a whole number of at least 1, or several but was [].");
        Message(() => new TextVectorization(vocabulary: s_foo, name: "t").Call(new[,] { { "a", "b" } })).Should().Be("TextVectorization 't' expects texts of shape (N) or (N, 1) but received (1, 2). Give one text per sample, or set split: null where each is a token already.");
        Message(() => new TextVectorization(name: "t").Apply(Input(1))).Should().StartWith("TextVectorization 't' expects texts but a model's graph");
        Message(() => new TextVectorization(name: "t").Call(["a"])).Should().StartWith("TextVectorization 't' expects its vocabulary before it is used");
        Message(() => ObjectConfig.Write(new TextVectorization(standardize: new(t => t), name: "t"))).Should().StartWith("TextVectorization 't', standardize");
        Message(() => ObjectConfig.Write(new TextVectorization(split: new(t => [t]), name: "t"))).Should().StartWith("TextVectorization 't', split");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
