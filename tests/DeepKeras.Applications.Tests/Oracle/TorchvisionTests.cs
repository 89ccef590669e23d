using System.Diagnostics;
using System.Text.Json.Nodes;
using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Tests.Oracle;

/// <summary>
/// Each network against torchvision's own: it reads the very state dict that torchvision wrote, and then answers, differentiates and learns alike.
/// Not in the default run: <c>dotnet test --filter TestCategory=Oracle</c>, with python3-torchvision installed.
/// </summary>
[Category("Oracle")]
[Explicit("needs python3-torchvision and minutes")]
public sealed class TorchvisionTests
{
    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    // Name, height and width of the images, images per batch.
    [TestCase("alexnet", 64, 2)]
    [TestCase("vgg11", 32, 2)]
    [TestCase("vgg11_bn", 32, 4)]
    [TestCase("vgg16", 32, 2)]
    [TestCase("vgg16_bn", 32, 4)]
    [TestCase("vgg19", 64, 2)]
    [TestCase("vgg19_bn", 64, 2)]
    [TestCase("resnet18", 64, 4)]
    [TestCase("resnet34", 65, 4)]
    [TestCase("resnet50", 64, 4)]
    [TestCase("resnet101", 64, 4)]
    [TestCase("resnet152", 64, 4)]
    [TestCase("wide_resnet50_2", 64, 4)]
    [TestCase("wide_resnet101_2", 64, 4)]
    [TestCase("resnext50_32x4d", 64, 4)]
    [TestCase("resnext101_32x8d", 64, 4)]
    [TestCase("resnext101_64x4d", 64, 4)]
    [TestCase("densenet121", 64, 4)]
    [TestCase("densenet161", 64, 4)]
    [TestCase("densenet169", 64, 4)]
    [TestCase("densenet201", 75, 4)]
    public void It_computes_what_torchvision_computes(string name, int size, int batch)
    {
        using var folder = new TemporaryFolder();
        RunTorchvision(name, size, batch, folder);
        using var scope = torch.NewDisposeScope();
        using var results = WeightFile.Open(folder.File("results.pth"));
        var net = Zoo.Create(name, inputShape: (size, size, 3), classifierActivation: "linear");
        var names = WeightNames.Of(net)!;
        net.LoadWeights(folder.File("weights.pth"), names.Map);

        var x = ToSurface(results.Read("x")).requires_grad_();
        var logits = net.Run(x, training: false);
        var expected = results.Read("logits");
        RelativeDifference(logits, expected).Should().BeLessThan(1e-4, "the logits agree");
        logits.mul(results.Read("factors")).sum().backward();
        RelativeDifference(x.grad!, ToSurface(results.Read("input_gradient"))).Should().BeLessThan(1e-3, "the gradients of the input agree");

        // In float64: see the script.
        Keras.FloatType = ScalarType.Float64;
        var steady = WithoutDropout(net);
        steady.LoadWeights(folder.File("weights.pth"), names.Map);
        Step(steady, x.detach().to(ScalarType.Float64), results.Read("labels"));
        steady.SaveWeights(folder.File("ours.pth"), names.Map);
        using var ours = WeightFile.Open(folder.File("ours.pth"));
        using var theirs = WeightFile.Open(folder.File("trained.pth"));
        var compared = 0;
        foreach (var entry in theirs.Entries.Where(e => !e.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            // PyTorch keeps the variance divided by n − 1, Keras by n.
            if (entry.Name.EndsWith("running_var", StringComparison.Ordinal)) continue;
            using var inner = torch.NewDisposeScope();
            var (mine, other) = (ours.Read(entry.Name), theirs.Read(entry.Name));
            mine.sub(other).abs().max().ToSingle().Should().BeLessThan(1e-5f * Math.Max(1, other.abs().max().ToSingle()), $"{entry.Name} agrees after one step");
            compared++;
        }
        compared.Should().BeGreaterThan(10);
    }

    // What draws in training must not, but batch normalization must take the batch's statistics: the same layers with a rate of 0.
    private static Model WithoutDropout(Model net)
    {
        var config = JsonNode.Parse(net.ToJson().Replace("float32", "float64", StringComparison.Ordinal))!;
        Silence(config);
        return Model.FromJson(config.ToJsonString());

        static void Silence(JsonNode? node)
        {
            if (node is JsonArray list) foreach (var item in list) Silence(item);
            if (node is not JsonObject table) return;
            if (table["class_name"]?.GetValueKind() == JsonValueKind.String && (string?)table["class_name"] is "Dropout" or "StochasticDepth") table["config"]!["rate"] = 0;
            foreach (var (_, value) in table) Silence(value);
        }
    }

    // One step of SGD, learning rate 0.01.
    private static void Step(Model net, Tensor x, Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        torch.nn.functional.cross_entropy(net.Run(x, training: true), labels).backward();
        using var gradients = torch.no_grad();
        foreach (var weight in net.TrainableWeights) weight.Value.add_(weight.Value.grad!.mul(-0.01));
    }

    private static void RunTorchvision(string name, int size, int batch, TemporaryFolder folder)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python)) Assert.Ignore("There is no python3 to run torchvision with: install python3-torchvision.");
        var script = Path.Combine(SharedData.Root, "tests", "DeepKeras.Applications.Tests", "Oracle", "torchvision_oracle.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script, name, $"{size}", $"{batch}", folder.Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (errors.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal)) Assert.Ignore("There is no torchvision: install python3-torchvision.");
        process.ExitCode.Should().Be(0, errors.Result);
        TestContext.Out.WriteLine(output);
    }

    private static Tensor ToSurface(Tensor images) => images.permute(0, 2, 3, 1).contiguous().detach();

    private static double RelativeDifference(Tensor actual, Tensor expected) => actual.sub(expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
}
