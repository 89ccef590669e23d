using System.Globalization;
using System.Text.RegularExpressions;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Tests.Oracle;

/// <summary>
/// Every network that PyTorch has too computes what PyTorch computes, with weights out of PyTorch's file: logits, gradients and a step of training.
/// </summary>
[Category("Oracle")]
public sealed partial class TorchvisionTests
{
    private const double LearningRate = 0.01;

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    [TestCase("alexnet", 64)]
    [TestCase("vgg11", 32)]
    [TestCase("vgg13", 32)]
    [TestCase("vgg16", 32)]
    [TestCase("vgg19", 32)]
    [TestCase("vgg11_bn", 64)]
    [TestCase("vgg13_bn", 64)]
    [TestCase("vgg16_bn", 64)]
    [TestCase("vgg19_bn", 64)]
    [TestCase("googlenet", 64)]
    [TestCase("googlenet+transform", 64)]
    [TestCase("googlenet+aux", 96)]
    [TestCase("inception_v3", 107)]
    [TestCase("inception_v3+aux+transform", 299)]
    [TestCase("inception_v4", 107)]
    [TestCase("inception_resnet_v2", 107)]
    [TestCase("resnet18", 64)]
    [TestCase("resnet34", 64)]
    [TestCase("resnet50", 64)]
    [TestCase("resnet101", 64)]
    [TestCase("resnet152", 64)]
    [TestCase("wide_resnet50_2", 64)]
    [TestCase("wide_resnet101_2", 64)]
    [TestCase("resnext50_32x4d", 64)]
    [TestCase("resnext101_32x8d", 64)]
    [TestCase("resnext101_64x4d", 64)]
    [TestCase("densenet121", 64)]
    [TestCase("densenet161", 64)]
    [TestCase("densenet169", 64)]
    [TestCase("densenet201", 64)]
    [TestCase("se_resnet50", 64)]
    [TestCase("se_resnet101", 64)]
    [TestCase("se_resnet152", 64)]
    [TestCase("se_resnext50_32x4d", 64)]
    [TestCase("se_resnext101_32x4d", 64)]
    [TestCase("senet154", 64)]
    [TestCase("mobilenet_v2", 64)]
    [TestCase("efficientnet_b0", 64)]
    [TestCase("efficientnet_b1", 64)]
    [TestCase("efficientnet_b2", 64)]
    [TestCase("efficientnet_b3", 64)]
    [TestCase("efficientnet_b4", 64)]
    [TestCase("efficientnet_b5", 64)]
    [TestCase("efficientnet_b6", 64)]
    [TestCase("efficientnet_b7", 64)]
    public void It_computes_what_PyTorch_computes(string network, int size)
    {
        using var scope = torch.NewDisposeScope();
        using var original = new TorchvisionNetwork(network, size);
        using var results = WeightFile.Open(original.Results);
        var images = results.Read("input").permute(0, 2, 3, 1).contiguous();
        var logits = results.Read("logits");

        // As users have it, in float32.
        using (torch.NewDisposeScope())
        {
            var net = Build(network, size, original.Weights);
            Distance(net.Predict(images.to(ScalarType.Float32))[0].to(ScalarType.Float64), logits).Should().BeLessThan(1e-4, "logits agree");
        }

        // In float64, where rounding hides nothing: see torchvision_oracle.py.
        Keras.FloatType = ScalarType.Float64;
        using (torch.NewDisposeScope())
        {
            var net = Build(network, size, original.Weights);
            var main = net.Outputs.Count == 1 ? net : new Model(net.Inputs[0], net.Outputs[0]);
            var input = images.clone().requires_grad_(true);
            var module = main.AsTorchModule();
            module.eval();
            var output = module.forward(input);
            output.mul(results.Read("weighting")).sum().backward();
            Distance(output.detach(), logits).Should().BeLessThan(1e-7, "logits agree in double precision");
            Distance(input.grad!, results.Read("gradient").permute(0, 2, 3, 1)).Should().BeLessThan(1e-6, "gradients agree in double precision");
        }
        using (torch.NewDisposeScope())
        {
            var trained = Step(Build(network, size, original.Weights), network, images, results.Read("labels"));
            var expected = Build(network, size, original.Stepped);
            foreach (var (weight, wanted) in trained.Weights.Zip(expected.Weights))
            {
                // Keras divides the variance of a batch by n, PyTorch by n - 1, so that the moving ones differ.
                if (weight.Name == "moving_variance") continue;
                weight.Value.sub(wanted.Value).abs().max().item<double>().Should().BeLessThan(1e-8, $"{weight.Path} agrees after a step of training");
            }
        }
    }

    private static double Distance(Tensor found, Tensor expected) => found.sub(expected).abs().max().item<double>() / expected.abs().max().item<double>();

    private static Model Build(string network, int size, string weights)
    {
        var (name, auxiliary, transform) = (network.Split('+')[0], network.Contains("+aux", StringComparison.Ordinal), network.Contains("+transform", StringComparison.Ordinal));
        return name switch
        {
            "googlenet" => Zoo.GoogLeNet(weights: weights, inputShape: (size, size, 3), classifierActivation: "linear", auxiliaryOutputs: auxiliary, transformInput: transform),
            "inception_v3" => Zoo.InceptionV3(weights: weights, inputShape: (size, size, 3), classifierActivation: "linear", auxiliaryOutputs: auxiliary, transformInput: transform),
            _ => Zoo.Create(name, weights: weights, inputShape: (size, size, 3), classifierActivation: "linear"),
        };
    }

    private static Model Step(Model net, string network, Tensor images, Tensor labels)
    {
        // The same network without dropout and stochastic depth.
        var calm = Model.FromJson(Rate().Replace(net.ToJson(), "\"rate\":0"));
        foreach (var (weight, value) in calm.Weights.Zip(net.Weights)) weight.Value.detach().copy_(value.Value);
        var auxiliaryWeight = network.StartsWith("googlenet", StringComparison.Ordinal) ? 0.3 : 0.4;
        calm.Compile(
            new SGD(LearningRate),
            new Losses.SparseCategoricalCrossentropy(fromLogits: true),
            lossWeights: Enumerable.Range(0, net.Outputs.Count).Select(i => i == 0 ? 1 : auxiliaryWeight).ToArray());
        calm.TrainOnBatch(images, Enumerable.Repeat(labels, net.Outputs.Count).ToArray());
        return calm;
    }

    [GeneratedRegex("\"rate\":[0-9.eE+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
