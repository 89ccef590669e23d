using DeepKeras.Serialization;

namespace DeepKeras.Applications.Tests;

/// <summary>
/// Networks with few channels, of the same builders as those of the zoo, compute what torchvision's compute with the same weights (Golden/thin_networks.py).
/// The networks themselves are held against torchvision's in <see cref="Oracle.TorchvisionTests"/>, where it is installed.
/// </summary>
public sealed class ThinNetworkTests
{
    private static readonly string s_folder = Path.Combine(SharedData.Root, "tests", "DeepKeras.Applications.Tests", "Golden", "thin");

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    [TestCase("vgg")]
    [TestCase("vgg_bn")]
    [TestCase("resnet")]
    [TestCase("resnet_bottleneck")]
    [TestCase("resnext")]
    [TestCase("densenet")]
    [TestCase("mobilenet_v2")]
    [TestCase("efficientnet")]
    public void It_computes_what_torchvision_computes(string network)
    {
        using var scope = torch.NewDisposeScope();
        using var results = WeightFile.Open(Path.Combine(s_folder, $"{network}.results.pth"));
        var images = results.Read("input").permute(0, 2, 3, 1).contiguous();
        var logits = results.Read("logits");
        Distance((Tensor)Build(network).Predict(images), logits).Should().BeLessThan(1e-4, "logits agree");

        // In float64, where rounding hides nothing; the file has the gradient in float32.
        Keras.FloatType = ScalarType.Float64;
        var input = images.to(ScalarType.Float64).requires_grad_(true);
        var output = Build(network).Run(input, training: false);
        output.mul(results.Read("weighting")).sum().backward();
        Distance(output.detach(), logits).Should().BeLessThan(1e-9, "logits agree in double precision");
        Distance(input.grad!, results.Read("gradient").permute(0, 2, 3, 1)).Should().BeLessThan(1e-6, "gradients agree in double precision");
    }

    private static double Distance(Tensor found, Tensor expected)
    {
        found.shape.Should().Equal(expected.shape);
        var wanted = expected.to(ScalarType.Float64);
        return found.to(ScalarType.Float64).sub(wanted).abs().max().item<double>() / wanted.abs().max().item<double>();
    }

    private static Model Build(string network) => ThinNetworks.Build(network, Path.Combine(s_folder, $"{network}.pth"));
}
