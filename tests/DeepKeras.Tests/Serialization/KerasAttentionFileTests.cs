using System.IO.Compression;
using System.Text.Json.Nodes;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Models with embeddings, masks and attention that Keras 3 saved.</summary>
public sealed class KerasAttentionFileTests
{
    private static readonly string[] s_names = ["embedding", "encoder", "attention", "attention_heads", "einsum", "spectral"];

    [SetUp]
    public void Start() => ClearSession();

    [TestCaseSource(nameof(s_names))]
    public void Keras_s_files_compute_the_same_here_and_after_a_round_trip(string name)
    {
        using var folder = new TemporaryFolder();
        using var document = JsonDocument.Parse(GoldenFile.Text("keras_files/attention_expected.json"));
        var expected = document.RootElement.GetProperty(name);
        var model = LoadModel(GoldenFile.Path($"keras_files/{name}.keras"));
        Check(model);
        model.Save(folder.File("again.keras"));
        ClearSession();
        Check(LoadModel(folder.File("again.keras")));
        model.SaveWeights(folder.File("again.weights.h5"));
        foreach (var weight in model.Weights) weight.Assign(torch.zeros(weight.Shape.ToArray()));
        _ = model.LoadWeights(folder.File("again.weights.h5"));
        Check(model);

        void Check(Model loaded)
        {
            var outputs = loaded.PredictOnBatch(expected.GetProperty("inputs").EnumerateArray().Select(i => JsonFixture.Doubles(i).to_type(ScalarType.Float32)).ToList());
            foreach (var (output, i) in expected.GetProperty("outputs").EnumerateArray().Select((o, i) => (o, i))) Close(outputs[i], JsonFixture.Doubles(output).to_type(ScalarType.Float32), 1e-5, 1e-5);
        }
    }

    [Test]
    public void Options_of_the_call_stand_where_Keras_has_them()
    {
        using var folder = new TemporaryFolder();
        LoadModel(GoldenFile.Path("keras_files/attention_heads.keras")).Save(folder.File("m.keras"));
        using var zip = ZipFile.OpenRead(folder.File("m.keras"));
        using var part = zip.GetEntry("config.json")!.Open();
        var layers = JsonNode.Parse(part)!["config"]!["layers"]!.AsArray().ToDictionary(l => l!["name"]!.GetValue<string>(), l => l!, StringComparer.Ordinal);
        var call = layers["multi_head_attention_1"]["inbound_nodes"]![0]!;
        call["args"]!.AsArray().Should().HaveCount(2);
        call["kwargs"]!.AsObject().Select(p => p.Key).Should().BeEquivalentTo("key", "return_attention_scores");
        layers["multi_head_attention_1"]["config"]!.AsObject().Select(p => p.Key).Should().NotContain(["return_attention_scores", "use_causal_mask", "use_gate", "sliding_window"]);
        layers["grouped_query_attention"]["inbound_nodes"]![0]!["kwargs"]!["use_causal_mask"]!.GetValue<bool>().Should().BeTrue();
        layers["multi_head_attention"]["inbound_nodes"]![0]!["kwargs"]!.AsObject().Select(p => p.Key).Should().BeEquivalentTo("key", "attention_mask");
    }

    [Test]
    public void A_mask_that_a_layer_of_the_model_gives_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.Copy(GoldenFile.Path("keras_files/attention_heads.keras"), folder.File("m.keras"));
        Edit(folder.File("m.keras"), layers => Call(layers, "grouped_query_attention")["query_mask"] = Call(layers, "multi_head_attention")["query"]!.DeepClone());
        FluentActions.Invoking(() => LoadModel(folder.File("m.keras"))).Should().Throw<KerasException>().WithMessage("*'grouped_query_attention' passes 'query_mask', which calls here do not take*");
    }

    [Test]
    public void Calls_of_one_layer_with_different_options_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.Copy(GoldenFile.Path("keras_files/attention_heads.keras"), folder.File("m.keras"));
        Edit(folder.File("m.keras"), layers =>
        {
            var nodes = layers.First(l => l!["name"]!.GetValue<string>() == "grouped_query_attention")!["inbound_nodes"]!.AsArray();
            var second = nodes[0]!.DeepClone();
            second["kwargs"]!["use_causal_mask"] = false;
            nodes.Add(second);
        });
        FluentActions.Invoking(() => LoadModel(folder.File("m.keras"))).Should().Throw<KerasException>().WithMessage("*the calls of 'grouped_query_attention' differ in 'use_causal_mask', which is an option of the whole layer here*");
    }

    private static JsonObject Call(JsonArray layers, string name) => layers.First(l => l!["name"]!.GetValue<string>() == name)!["inbound_nodes"]![0]!["kwargs"]!.AsObject();

    private static void Edit(string path, Action<JsonArray> change)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        JsonNode config;
        using (var old = zip.GetEntry("config.json")!.Open()) config = JsonNode.Parse(old)!;
        change(config["config"]!["layers"]!.AsArray());
        zip.GetEntry("config.json")!.Delete();
        using var part = zip.CreateEntry("config.json").Open();
        part.Write(System.Text.Encoding.UTF8.GetBytes(config.ToJsonString()));
    }
}
