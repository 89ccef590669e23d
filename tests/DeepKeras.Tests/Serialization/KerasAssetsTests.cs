using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Learnt vocabularies as Keras lays them down: beside the config, as a text file and a variable.</summary>
public sealed class KerasAssetsTests
{
    [TestCase("int")]
    [TestCase("one_hot")]
    [TestCase("tf_idf")]
    public void Vocabularies_beside_the_config_are_read(string mode)
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Lookup(mode), Lookup(mode));
        first.Adapt(Integers([5, 5, 7], 3));
        second.Adapt(Integers([8, 8, 9, 9, 9, 4], 3, 2));
        var x = Input(2, dtype: ScalarType.Int64);
        var model = new Model(x, [first.Apply(x), new Model(x, second.Apply(x)).Apply(x)]);
        var data = Integers([5, 7, 8, 4], 2, 2);
        var expected = model.Predict(data);
        var path = folder.File("m.keras");
        model.Save(path);
        Move(path, ["layers/integer_lookup/", "layers/functional/layers/integer_lookup/"], [first, second]);
        var loaded = LoadModel(path).Predict(data);
        Close(loaded[0], expected[0]);
        Close(loaded[1], expected[1]);

        static IntegerLookup Lookup(string mode) => new(maxTokens: 6, maskToken: 0, outputMode: mode, padToMaxTokens: mode == "tf_idf");
    }

    [Test]
    public void A_damaged_vocabulary_is_refused()
    {
        using var folder = new TemporaryFolder();
        var layer = new IntegerLookup();
        layer.Adapt(Integers([5, 5, 7], 3));
        var x = Input(2, dtype: ScalarType.Int64);
        var path = folder.File("m.keras");
        new Model(x, layer.Apply(x)).Save(path);
        Move(path, ["layers/integer_lookup/"], [layer], "\nseven");
        FluentActions.Invoking(() => LoadModel(path)).Should().Throw<KerasException>().WithMessage("*m.keras, assets/layers/integer_lookup/vocabulary.txt, line 4: a whole number is expected but received \"seven\".*");
    }

    /// <summary>Takes what our file says in the config to where Keras keeps it; <c>idf_weights</c> is there already.</summary>
    private static void Move(string path, string[] folders, IntegerLookup[] layers, string more = "")
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        JsonNode config;
        using (var stream = zip.GetEntry("config.json")!.Open()) config = JsonNode.Parse(stream)!;
        Forget(config);
        zip.GetEntry("config.json")!.Delete();
        Put("config.json", config.ToJsonString());
        for (var i = 0; i < folders.Length; i++) Put($"assets/{folders[i]}vocabulary.txt", string.Join('\n', layers[i].GetVocabulary()) + more);

        void Put(string name, string text)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private static void Forget(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Forget(item);
        if (node is not JsonObject map) return;
        if (map.ContainsKey("vocabulary")) (map["vocabulary"], map["idf_weights"]) = (null, null);
        foreach (var (_, value) in map) Forget(value);
    }
}
