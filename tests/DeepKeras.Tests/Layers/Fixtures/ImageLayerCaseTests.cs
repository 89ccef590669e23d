using System.Text.Json;
using DeepKeras.Layers;
using static DeepKeras.Tests.Layers.ImageLayerFixture;

namespace DeepKeras.Tests.Layers;

/// <summary>Convolutions, pools and reshaping layers against Keras's and PyTorch's own numbers.</summary>
[TestFixture]
public sealed class ImageLayerCaseTests
{
    private static IEnumerable<TestCaseData> KerasCases => Cases("images_keras.json");

    private static IEnumerable<TestCaseData> TorchCases => Cases("images_pytorch.json").Concat(Cases("spatial_pytorch.json"));

    [TestCaseSource(nameof(KerasCases))]
    public void Keras(JsonElement item)
    {
        using var scope = torch.NewDisposeScope();
        var layer = Make(item);
        var input = ToTensor(item.GetProperty("input"));
        _ = layer.Call(input);
        layer.SetWeights([.. item.GetProperty("weights").EnumerateArray().Select(ToTensor)]);

        var expected = item.GetProperty("output");
        var output = layer.Call(input);

        output.shape.Should().Equal(Longs(expected.GetProperty("shape")));
        layer.ComputeOutputShape(Shape.Of(input)).Should().Equal(output.shape.Select(d => (long?)d));
        Close(output, Doubles(expected.GetProperty("data")), item.GetProperty("tolerance").GetDouble(), item.GetProperty("rtol").GetDouble());
    }

    [TestCaseSource(nameof(TorchCases))]
    public void PyTorch(JsonElement item)
    {
        var before = DeepKeras.Keras.FloatType;
        DeepKeras.Keras.FloatType = ScalarType.Float64;
        try
        {
            using var scope = torch.NewDisposeScope();
            var layer = Make(item);
            var input = Sampled(Longs(item.GetProperty("input")), 0).requires_grad_();
            _ = layer.Call(input);
            var shapes = item.GetProperty("weights").EnumerateArray().Select(Longs).ToList();
            layer.SetWeights([.. shapes.Select((shape, k) => Sampled(shape, 1000 * (k + 1)))]);

            var output = layer.Call(input);
            output.mul(Sampled(output.shape, 500)).sum().backward();

            output.shape.Should().Equal(Longs(item.GetProperty("output_shape")));
            Close(output, Doubles(item.GetProperty("output")), 1e-7, 1e-7);
            Close(input.grad!, Doubles(item.GetProperty("input_gradient")), 1e-7, 1e-7);
            var gradients = item.GetProperty("weight_gradients").EnumerateArray().ToList();
            layer.Weights.Should().HaveCount(gradients.Count);
            for (var k = 0; k < gradients.Count; k++) Close(InKerasLayout(layer.Weights[k]), Doubles(gradients[k]), 1e-7, 1e-7);
        }
        finally
        {
            DeepKeras.Keras.FloatType = before;
        }
    }

    // The scripts' numbers without a pattern; see images_pytorch.py.
    private static Tensor Sampled(long[] shape, int offset)
    {
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            var x = Math.Sin((i + 1 + offset) * 12.9898) * 43758.5453;
            values[i] = (2 * (x - Math.Floor(x))) - 1;
        }
        return torch.tensor(values, shape);
    }

    private static Tensor InKerasLayout(Weight weight)
    {
        var gradient = weight.Value.grad!;
        if (weight.Shape.Rank < 3) return gradient;
        var isDepthwise = weight.Owner is DepthwiseConv1D or DepthwiseConv2D || weight.Name == "depthwise_kernel";
        var spatial = Enumerable.Range(2, weight.Shape.Rank - 2).Select(a => (long)a);
        return gradient.permute(isDepthwise ? [.. spatial, 0, 1] : [.. spatial, 1, 0]);
    }
}
