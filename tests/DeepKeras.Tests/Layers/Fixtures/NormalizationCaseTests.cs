using DeepKeras.Conformance;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Normalisation, merging and activation layers in float64 against their formulas in PyTorch, gradients included.</summary>
public sealed class NormalizationCaseTests
{
    private const double Tolerance = 1e-8;

    [SetUp]
    public void Widen() => Keras.FloatType = ScalarType.Float64;

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    public static IEnumerable<TestCaseData> BatchCases() => All().Where(c => ((JsonElement)c.Arguments[0]!).TryGetProperty("steps", out _));

    public static IEnumerable<TestCaseData> PlainCases() => All().Where(c => !((JsonElement)c.Arguments[0]!).TryGetProperty("steps", out _));

    [TestCaseSource(nameof(PlainCases))]
    public void Output_and_gradients_agree(JsonElement item)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = item.GetProperty("inputs").EnumerateArray().Select(JsonFixture.Doubles).ToArray();
        var layer = Build(item, inputs);
        foreach (var input in inputs) input.requires_grad = true;

        var output = layer.Call(inputs, training: true);
        Close(output, JsonFixture.Doubles(item.GetProperty("output")), Tolerance, Tolerance);
        layer.ComputeOutputShape([.. inputs.Select(Shape.Of)]).ToArray().Should().Equal(output.shape);

        output.mul(JsonFixture.Doubles(item.GetProperty("weighting"))).sum().backward();
        CheckGradients([.. inputs, .. layer.Weights.Select(w => w.Value)], item.GetProperty("gradients"));
    }

    [TestCaseSource(nameof(BatchCases))]
    public void Batch_normalisation_follows_Keras_over_several_steps(JsonElement item)
    {
        using var scope = torch.NewDisposeScope();
        var steps = item.GetProperty("steps").EnumerateArray().ToArray();
        var layer = Build(item, [JsonFixture.Doubles(steps[0].GetProperty("input"))]);
        foreach (var step in steps)
        {
            var input = JsonFixture.Doubles(step.GetProperty("input"));
            input.requires_grad = true;
            foreach (var weight in layer.TrainableWeights) weight.Value.grad = null;

            var output = layer.Call(input, training: true);
            Close(output, JsonFixture.Doubles(step.GetProperty("output")), Tolerance, Tolerance);
            output.mul(JsonFixture.Doubles(step.GetProperty("weighting"))).sum().backward();
            CheckGradients([input, .. layer.TrainableWeights.Select(w => w.Value)], step.GetProperty("gradients"));
            Close(layer.Weights[^2].ToTensor(), JsonFixture.Doubles(step.GetProperty("mean")), Tolerance, Tolerance);
            Close(layer.Weights[^1].ToTensor(), JsonFixture.Doubles(step.GetProperty("variance")), Tolerance, Tolerance);
        }
        var inference = item.GetProperty("inference");
        Close(layer.Call(JsonFixture.Doubles(inference.GetProperty("input"))), JsonFixture.Doubles(inference.GetProperty("output")), Tolerance, Tolerance);
    }

    [Test]
    public void The_fixture_has_every_case()
    {
        BatchCases().Should().HaveCount(9);
        PlainCases().Should().HaveCount(36);
    }

    private static IEnumerable<TestCaseData> All() => JsonFixture.Cases("Layers/Fixtures/normalization_pytorch.json", "layer");

    private static Layer Build(JsonElement item, IReadOnlyList<Tensor> inputs)
    {
        var layer = KerasObjects.Create<Layer>(item.GetProperty("layer").GetString()!, item.GetProperty("config"));
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        _ = layer.ComputeOutputShape(shapes);
        layer.EnsureBuilt(shapes);
        layer.SetWeights([.. item.GetProperty("weights").EnumerateArray().Select(JsonFixture.Doubles)]);
        return layer;
    }

    private static void CheckGradients(Tensor[] leaves, JsonElement expected)
    {
        leaves.Should().HaveCount(expected.GetArrayLength());
        for (var i = 0; i < leaves.Length; i++) Close(leaves[i].grad!, JsonFixture.Doubles(expected[i]), Tolerance, Tolerance);
    }
}
