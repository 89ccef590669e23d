using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected numbers: keras/src/layers/preprocessing/integer_lookup_test.py and index_lookup_test.py.</summary>
public sealed class IntegerLookupTests
{
    private static readonly long[] s_data = [1, 1, 1, 2, 2, 3];

    [Test]
    public void A_vocabulary_is_learnt_by_frequency()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new IntegerLookup();
        layer.Adapt(torch.tensor(s_data));
        layer.GetVocabulary().Should().Equal(-1, 1, 2, 3);
        layer.GetVocabulary(includeSpecialTokens: false).Should().Equal(1, 2, 3);
        layer.VocabularySize.Should().Be(4);
        Close(layer.Call(Integers([1, 2, 4, 2, 3, 5], 2, 3)), Integers([1, 2, 0, 2, 3, 0], 2, 3));
        // of equally frequent tokens the greatest comes first
        layer.Adapt([Integers([12, 1138, 42], 3), Integers([42, 1000, 36], 1, 3)]);
        layer.GetVocabulary().Should().Equal(-1, 42, 1138, 1000, 36, 12);
    }

    [Test]
    public void Numbers_become_vectors()
    {
        using var scope = torch.NewDisposeScope();
        var x = Integers([1, 2, 4], 3);
        Close(Learnt("one_hot").Call(x), Floats([0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0], 3, 4));
        Close(Learnt("multi_hot").Call(x), [1, 1, 1, 0]);
        Close(Learnt("tf_idf").Call(x), [1.133732, 0.916291, 1.098612, 0]);
        Close(Learnt("count").Call(Integers([1, 2, 3, 4, 1, 2, 1], 7)), [1, 3, 2, 1]);
        var one = new IntegerLookup(vocabulary: [1, 2, 3], outputMode: "one_hot").Call(Integers([1, 2, 3, 0], 1, 2, 2));
        Close(one, Floats([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0], 1, 2, 2, 4));
        Close(new IntegerLookup(maxTokens: 5, maskToken: 0, vocabulary: [1, 2], outputMode: "multi_hot", padToMaxTokens: true).Call(Integers([1, 2, 0], 3)), [0, 1, 1, 0, 0]);
        Close(new IntegerLookup(vocabulary: [1, 2], idfWeights: [0.5, 2], outputMode: "tf_idf").Call(Integers([1, 1, 2, 9], 1, 4)), Floats([1.25f, 1, 2], 1, 3));

        static IntegerLookup Learnt(string mode)
        {
            var layer = new IntegerLookup(outputMode: mode);
            layer.Adapt(torch.tensor(s_data));
            return layer;
        }
    }

    [Test]
    public void Special_tokens_have_their_places()
    {
        using var scope = torch.NewDisposeScope();
        Close(new IntegerLookup(maskToken: 0, vocabulary: [1, 2, 3]).Call(Integers([0, 1, 2, 3], 4)), [0, 2, 3, 4]);
        Close(new IntegerLookup(numOovIndices: 0, vocabulary: [1, 2, 3]).Call(Integers([1, 2, 3], 3)), [0, 1, 2]);
        var given = new IntegerLookup(maxTokens: 7, maskToken: 0, vocabulary: [0, -1, 1, 2, 3]);
        given.GetVocabulary().Should().Equal(0, -1, 1, 2, 3);
        given.GetVocabulary(false).Should().Equal(1, 2, 3);
        Close(given.Call(Integers([1, 2, 4], 3)), [2, 3, 1]);
        var few = new IntegerLookup(maxTokens: 4, maskToken: 0);
        few.Adapt(torch.tensor(s_data));
        few.GetVocabulary().Should().Equal(0, -1, 1, 2);
        Close(few.Call(Integers([1, 2, 3, 4], 4)), [2, 3, 1, 1]);
    }

    [Test]
    public void Several_unknown_numbers_are_chosen_by_remainder_or_hash()
    {
        using var scope = torch.NewDisposeScope();
        Close(new IntegerLookup(vocabulary: [10, 20, 30], numOovIndices: 4, oovMethod: "farmhash").Call(Integers([100, 200, 300, 400], 4)), [3, 1, 3, 1]);
        Close(new IntegerLookup(vocabulary: [10], numOovIndices: 3).Call(Integers([7, -1, 10, 9], 4)), [1, 2, 3, 0]);
        var salted = new IntegerLookup(vocabulary: [10], numOovIndices: 4, oovMethod: "farmhash", salt: (137, 42)).Call(Integers([100, 300], 2));
        Close(salted, new Hashing(4, salt: (137, 42)).Call(Integers([100, 300], 2)));
    }

    [Test]
    public void Inverted_it_gives_the_tokens_back()
    {
        using var scope = torch.NewDisposeScope();
        Close(new IntegerLookup(vocabulary: [10, 20, 30], invert: true).Call(Integers([1, 2, 3, 0, 9], 5)), [10, 20, 30, -1, -1]);
        Close(new IntegerLookup(vocabulary: [10, 20], maskToken: 5, invert: true).Call(Integers([0, 1, 2], 3)), [5, -1, 10]);
    }

    [Test]
    public void A_learnt_vocabulary_survives_files_and_copies()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        foreach (var mode in new[] { "int", "one_hot", "tf_idf" })
        {
            var layer = new IntegerLookup(outputMode: mode, maskToken: 0);
            layer.Adapt(Integers([long.MaxValue, 5, 5, 0, 7, 7], 3, 2));
            var x = Input(2, dtype: ScalarType.Int64);
            var model = new Model(x, layer.Apply(x));
            var data = Integers([5, 7, long.MaxValue, 0], 2, 2);
            var expected = model.Predict(data).Single;
            foreach (var name in new[] { "m.keras", "m.dkeras" })
            {
                model.Save(folder.File(name));
                Close(LoadModel(folder.File(name)).Predict(data), expected);
            }
            Close(model.Clone().Predict(data), expected);
        }
    }

    [Test]
    public void Config_of_Keras_is_read()
    {
        const string json = """
            {"module": "keras.layers", "class_name": "IntegerLookup", "registered_name": null, "config": {"name": "lookup", "trainable": true,
             "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}, "invert": false, "max_tokens": null,
             "num_oov_indices": 2, "oov_token": -1, "mask_token": 0, "output_mode": "int", "sparse": false, "pad_to_max_tokens": false, "vocabulary_dtype": "int64",
             "idf_weights": null, "vocabulary": [12, 36], "vocabulary_size": 5, "oov_method": "farmhash", "salt": [137, 42]}}
            """;
        var layer = (IntegerLookup)ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(json)!);
        layer.GetVocabulary().Should().Equal(0, -1, -1, 12, 36);
        layer.Salt.Should().Be(new HashSalt(137, 42));
        var path = json.Replace("[12, 36]", "\"/etc/hostname\"", StringComparison.Ordinal);
        Message(() => ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(path)!)).Should().Contain("a list of tokens");
    }

    [Test]
    public void A_vocabulary_is_read_from_a_file()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        File.WriteAllText(folder.File("v.txt"), "10\n20\n30\n\n");
        Close(new IntegerLookup(vocabulary: folder.File("v.txt")).Call(Integers([10, 20, 30, 999], 4)), [1, 2, 3, 0]);
        File.WriteAllText(folder.File("bad.txt"), "10\nten\n");
        Message(() => new IntegerLookup(vocabulary: folder.File("bad.txt"))).Should().EndWith("bad.txt, line 2: a whole number is expected but received \"ten\". Put one token into each line, or use a StringLookup.");
        Message(() => new IntegerLookup(vocabulary: "missing.txt")).Should().Be("The vocabulary file missing.txt is expected but does not exist. Give the path of a text file with a token in each line, or the tokens themselves.");
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new IntegerLookup(maxTokens: 1, name: "l")).Should().Be("IntegerLookup 'l': maxTokens must be greater than 1 but was 1. Leave it out for any number of tokens.");
        Message(() => new IntegerLookup(maxTokens: 2, maskToken: 0, name: "l")).Should().StartWith("IntegerLookup 'l': maxTokens must be greater than the 2 special tokens but was 2.");
        Message(() => new IntegerLookup(numOovIndices: -1, name: "l")).Should().StartWith("IntegerLookup 'l': numOovIndices must be at least 0 but was -1.");
        Message(() => new IntegerLookup(padToMaxTokens: true, name: "l")).Should().StartWith("IntegerLookup 'l': maxTokens must be given with padToMaxTokens but was null.");
        Message(() => new IntegerLookup(invert: true, outputMode: "count", name: "l")).Should().StartWith("IntegerLookup 'l': outputMode must be int with invert but was count.");
        Message(() => new IntegerLookup(oovMethod: "modulo")).Should().StartWith("Unknown oovMethod \"modulo\".");
        Message(() => new IntegerLookup(salt: 3, name: "l")).Should().Be("IntegerLookup 'l': oovMethod must be farmhash with salt but was floormod. Set oovMethod: \"farmhash\", or leave salt out.");
        Message(() => new IntegerLookup(idfWeights: [1], name: "l")).Should().Be("IntegerLookup 'l': idfWeights must be left out in mode int but was [1]. Only outputMode: \"tf_idf\" weighs tokens.");
        Message(() => new IntegerLookup(vocabulary: [1], outputMode: "tf_idf", name: "l")).Should().Be("IntegerLookup 'l': idfWeights must be given with a vocabulary in mode tf_idf but was null. Give one weight for each token, or learn both with Adapt(data).");
        Message(() => new IntegerLookup(vocabulary: [1, 2], idfWeights: [1], outputMode: "tf_idf", name: "l")).Should().StartWith("IntegerLookup 'l': idfWeights must be one number for each of the 2 tokens of the vocabulary but was an array of shape (1,).");
        Message(() => new IntegerLookup(vocabulary: [], name: "l")).Should().StartWith("IntegerLookup 'l': vocabulary must be at least one token but was an empty list.");
        Message(() => new IntegerLookup(vocabulary: [4, 5, 4], name: "l")).Should().Be("IntegerLookup 'l': vocabulary must be a list without repetitions but was '4' 2 times. Keep each token once.");
        Message(() => new IntegerLookup(vocabulary: [1, 0], maskToken: 0, name: "l")).Should().Be("IntegerLookup 'l': vocabulary must be a list that has its special tokens (0, -1) in front, in this order, or none of them but was one with the mask token '0' elsewhere. Take the special tokens out.");
        Message(() => new IntegerLookup(vocabulary: [1, -1], invert: true, name: "l")).Should().Contain("the oov token '-1' elsewhere");
        Message(() => new IntegerLookup(vocabulary: [1, 2], maxTokens: 2, name: "l")).Should().StartWith("IntegerLookup 'l': vocabulary must be at most maxTokens (2) tokens with the special ones but was 3.");
        Message(() => new IntegerLookup(name: "l").Call(Integers([1], 1))).Should().Be("IntegerLookup 'l' expects its vocabulary before it is used but has none. Give vocabulary, or call Adapt(data) or SetVocabulary(…) first.");
        Message(() => new IntegerLookup(invert: true, name: "l").Call(Integers([1], 1))).Should().StartWith("IntegerLookup 'l' expects its vocabulary");
        Message(() => new IntegerLookup(outputMode: "count", name: "l").Apply(Input(2))).Should().StartWith("IntegerLookup 'l' expects its vocabulary");
        Message(() => new IntegerLookup(numOovIndices: 0, vocabulary: [1], name: "l").Call(Integers([7], 1))).Should().Be("IntegerLookup 'l' expects only tokens of its vocabulary, because numOovIndices is 0, but received '7'. Set numOovIndices: 1 to give unknown tokens a number.");
        Message(() => Adapt(new IntegerLookup(vocabulary: [1], name: "l"), [2])).Should().Be("IntegerLookup 'l' already has the vocabulary given to its constructor, so Adapt has nothing to find. Leave vocabulary out of the constructor, or do not call Adapt.");
        Message(() => Adapt(new IntegerLookup(name: "l"), [])).Should().StartWith("IntegerLookup 'l' expects at least one sample to adapt to");
        var built = Adapt(new IntegerLookup(outputMode: "one_hot", name: "l"), [1, 2]);
        _ = built.Call(Integers([1], 1));
        Message(() => Adapt(built, [1, 2, 3])).Should().StartWith("IntegerLookup 'l' was built with vectors of 3 categories but would now make vectors of 4.");
        built.GetVocabulary(false).Should().Equal([2, 1], "what was refused changes nothing");
    }

    private static IntegerLookup Adapt(IntegerLookup layer, long[] data)
    {
        layer.Adapt(data.Length == 0 ? torch.zeros(0, ScalarType.Int64) : torch.tensor(data));
        return layer;
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
