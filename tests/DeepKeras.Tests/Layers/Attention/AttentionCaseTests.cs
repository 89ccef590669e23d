using DeepKeras.Conformance;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Attention and EinsumDense in float64 against PyTorch, masks, scores and gradients included.</summary>
public sealed class AttentionCaseTests
{
    private const double Tolerance = 1e-8;

    [SetUp]
    public void Widen() => Keras.FloatType = ScalarType.Float64;

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    public static IEnumerable<TestCaseData> All() => JsonFixture.Cases("Layers/Attention/attention_pytorch.json", "layer");

    [TestCaseSource(nameof(All))]
    public void Outputs_and_gradients_agree(JsonElement item)
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] inputs = [.. Tensors(item, "inputs")];
        Tensor?[] masks = [.. item.GetProperty("masks").EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Null ? null : JsonFixture.Doubles(m).to_type(ScalarType.Bool))];
        var layer = KerasObjects.Create<Layer>(item.GetProperty("layer").GetString()!, item.GetProperty("config"));
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        var promised = layer.ComputeOutputShapes(shapes);
        layer.EnsureBuilt(shapes);
        layer.SetWeights([.. Tensors(item, "weights")]);
        foreach (var input in inputs) input.requires_grad = true;

        var outputs = masks.Length > 0 ? ((IMaskConsumer)layer).Forward(inputs, masks, training: true) : layer.ForwardMany(inputs, training: true);
        Tensor[] expected = [.. Tensors(item, "outputs")];
        outputs.Should().HaveCount(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Close(outputs[i], expected[i], Tolerance, Tolerance);
            promised[i].Should().Equal(new Shape(outputs[i].shape));
        }

        outputs.Zip(Tensors(item, "weightings"), (output, weighting) => output.mul(weighting).sum()).Aggregate((a, b) => a.add(b)).backward();
        Tensor[] leaves = [.. inputs, .. layer.Weights.Select(w => w.Value)];
        var gradients = Tensors(item, "gradients").ToList();
        for (var i = 0; i < leaves.Length; i++) Close(leaves[i].grad ?? torch.zeros_like(leaves[i]), gradients[i], Tolerance, Tolerance);
    }

    [Test]
    public void The_fixture_has_every_case() => All().Should().HaveCount(27);

    private static IEnumerable<Tensor> Tensors(JsonElement item, string member) => item.GetProperty(member).EnumerateArray().Select(JsonFixture.Doubles);
}
