using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Layers.Fixtures;

/// <summary>Layers with low-rank changes, ternary kernels and the old scaling against Keras's own outputs and gradients (adapted_keras.json, made by the script beside it).</summary>
public sealed class AdaptedLayerCaseTests
{
    private static IEnumerable<TestCaseData> Cases() => JsonFixture.Cases("Layers/Fixtures/adapted_keras.json", "name");

    [Test]
    public void Every_case_of_the_fixture_is_looked_at() => Cases().Should().HaveCount(11);

    [TestCaseSource(nameof(Cases))]
    public void Outputs_and_gradients_are_Keras_s(JsonElement @case)
    {
        using var scope = torch.NewDisposeScope();
        var (layer, input) = Layer(@case);
        var output = layer.Call(input, training: true);
        Close(output, JsonFixture.Doubles(@case.GetProperty("output")), 2e-6, 2e-6);
        foreach (var weight in layer.Weights.Where(w => !w.Trainable)) weight.Native.requires_grad_(false);
        output = layer.Call(input, training: true);
        output.mul(output).sum().backward();
        foreach (var (weight, gradient) in layer.TrainableWeights.Zip(@case.GetProperty("gradients").EnumerateArray())) Close(weight.Native.grad!, JsonFixture.Doubles(gradient), 2e-5, 2e-5);
    }

    [TestCaseSource(nameof(Cases))]
    public void Weights_have_Keras_s_names_and_order(JsonElement @case)
    {
        using var scope = torch.NewDisposeScope();
        var (layer, _) = Layer(@case);
        layer.Weights.Select(w => w.Name).Should().Equal(Names("names"));
        layer.TrainableWeights.Select(w => w.Name).Should().Equal(Names("trainable"));

        string[] Names(string list) => [.. @case.GetProperty(list).EnumerateArray().Select(n => n.GetString()!)];
    }

    /// <summary>The layer from Keras's words, adapted and with the weights of the case.</summary>
    private static (Layer Layer, Tensor Input) Layer(JsonElement @case)
    {
        var layer = ObjectConfig.Read<Layer>(new System.Text.Json.Nodes.JsonObject
        {
            ["class_name"] = @case.GetProperty("name").GetString(),
            ["config"] = System.Text.Json.Nodes.JsonNode.Parse(@case.GetProperty("options").GetRawText()),
        });
        var input = JsonFixture.Doubles(@case.GetProperty("input")).to_type(layer is Embedding ? ScalarType.Int64 : ScalarType.Float32);
        _ = layer.Call(input);
        if (@case.GetProperty("lora") is { ValueKind: JsonValueKind.Object } lora)
        {
            var rank = lora.GetProperty("rank").GetInt64();
            double? alpha = lora.TryGetProperty("lora_alpha", out var value) ? value.GetDouble() : null;
            if (layer is Dense dense) dense.EnableLora(rank, alpha);
            else if (layer is EinsumDense einsum) einsum.EnableLora(rank, alpha);
            else ((Embedding)layer).EnableLora(rank, alpha);
        }
        layer.SetWeights([.. @case.GetProperty("weights").EnumerateArray().Select(JsonFixture.Doubles)]);
        return (layer, input);
    }
}
