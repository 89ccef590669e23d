using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>A model with low-rank changes and ternary kernels that Keras 3 saved.</summary>
public sealed class KerasAdaptedFileTests
{
    [SetUp]
    public void Start() => ClearSession();

    [Test]
    public void Keras_s_file_computes_the_same_here_and_after_a_round_trip()
    {
        using var folder = new TemporaryFolder();
        using var document = JsonDocument.Parse(GoldenFile.Text("keras_files/adapted_expected.json"));
        var (x, y) = (JsonFixture.Doubles(document.RootElement.GetProperty("x")).to_type(ScalarType.Int64), JsonFixture.Doubles(document.RootElement.GetProperty("y")).to_type(ScalarType.Float32));
        var model = LoadModel(GoldenFile.Path("keras_files/adapted.keras"));
        Close(model.PredictOnBatch(x).Single, y, 1e-5, 1e-5);
        var last = (Dense)model.Layers[^1];
        (last.LoraRank, last.LoraAlpha, ((LayerNormalization)model.Layers[2]).RmsScaling).Should().Be((2, 6.0, true));
        last.TrainableWeights.Select(w => w.Name).Should().Equal("bias", "lora_kernel_a", "lora_kernel_b");
        foreach (var weight in last.Weights.Where(w => w.Name.StartsWith("lora", StringComparison.Ordinal))) weight.Assign(Sample(ScalarType.Float32, weight.Shape.ToArray()));
        var changed = model.PredictOnBatch(x).Single;
        changed.sub(y).abs().max().item<float>().Should().BeGreaterThan(0.1f);
        model.Save(folder.File("again.keras"));
        ClearSession();
        Close(LoadModel(folder.File("again.keras")).PredictOnBatch(x).Single, changed, 1e-5, 1e-5);
    }
}
