using System.Security.Cryptography;
using DeepKeras.Applications.Pretrained;
using DeepKeras.Datasets;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>The weights that come with the zoo: the files are the recorded ones, load without a network, and do what the records say.</summary>
[NonParallelizable]
public sealed class IncludedWeightsTests
{
    private static readonly string[] s_variables = ["DEEPKERAS_HOME", "DEEPKERAS_OFFLINE"];

    private readonly Dictionary<string, string?> _before = [];
    private TemporaryFolder _home = null!;

    [SetUp]
    public void GoOffline()
    {
        foreach (var variable in s_variables) _before[variable] = Environment.GetEnvironmentVariable(variable);
        _home = new TemporaryFolder();
        Environment.SetEnvironmentVariable("DEEPKERAS_HOME", Path.Combine(_home.Path, "empty"));
        Environment.SetEnvironmentVariable("DEEPKERAS_OFFLINE", "1");
    }

    [TearDown]
    public void GoBack()
    {
        foreach (var (variable, value) in _before) Environment.SetEnvironmentVariable(variable, value);
        _home.Dispose();
    }

    [Test]
    public void Every_file_of_the_folder_has_a_record_and_is_the_recorded_one()
    {
        var folder = Path.Combine(SharedData.Root, "pretrained");
        WeightSets.Included.Select(s => s.FileName).Should().BeEquivalentTo(Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileName));
        foreach (var set in WeightSets.Included)
        {
            var content = File.ReadAllBytes(Path.Combine(folder, set.FileName));
            content.Length.Should().Be((int)set.Bytes).And.BeLessThan(6_000_000, "small files only are committed");
            Convert.ToHexStringLower(SHA256.HashData(content)).Should().Be(set.Sha256);
            set.Command.Should().EndWith($"--save pretrained/{set.FileName}");
            Directory.Exists(Path.Combine(SharedData.Root, "examples", set.Command.Split(' ')[1])).Should().BeTrue();
        }
    }

    [TestCase("lenet5", "fashion_mnist", 61_706)]
    [TestCase("cifar_cnn", "cifar10", 1_250_858)]
    [TestCase("resnet_cifar", "cifar10", 269_722)]
    public void A_network_is_built_from_them_without_a_network_or_a_cache(string model, string weights, long parameters)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(model, weights: weights);
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(parameters).And.Be(Set(model).Parameters);
        Directory.Exists(Environment.GetEnvironmentVariable("DEEPKERAS_HOME")).Should().BeFalse("nothing was kept");

        var path = Set(model).Fetch();
        path.Should().Be(Path.Combine(_home.Path, "empty", "weights", Set(model).FileName));
        var again = Zoo.Create(model, weights: path);
        var image = torch.rand([1, .. net.Input.Shape.Slice(1, 3).Select(n => n!.Value)]);
        Close((Tensor)again.Predict(image), (Tensor)net.Predict(image));
        File.AppendAllText(path, "x");
        Set(model).Fetch().Should().Be(path);
        new FileInfo(path).Length.Should().Be(Set(model).Bytes, "what is inside the assembly goes first");
    }

    [Test]
    public void A_network_without_its_classifier_takes_the_rest()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (model, weights) in new[] { ("lenet5", "fashion_mnist"), ("cifar_cnn", "cifar10"), ("resnet_cifar", "cifar10") })
        {
            var whole = Zoo.Create(model, weights: weights);
            var body = Zoo.Create(model, includeTop: false, weights: weights, inputShape: whole.Input.Shape.Slice(1, 3));
            var image = torch.rand([1, .. whole.Input.Shape.Slice(1, 3).Select(n => n!.Value)]);
            Close((Tensor)body.Predict(image), (Tensor)new Model(inputs: [whole.Input], outputs: [whole.GetLayer(body.Layers[^1].Name).Output]).Predict(image));
        }
    }

    [Test]
    public void LeNet5_names_the_clothes_of_Fashion_MNIST()
    {
        if (!DataFolder.Places("fashion-mnist").Any(Directory.Exists)) Assert.Ignore("Skipped: the package dataset-fashion-mnist is not installed.");
        using var scope = torch.NewDisposeScope();
        var (_, (x, y)) = FashionMnist.Load();
        var net = Zoo.LeNet5(weights: "fashion_mnist");
        var predictions = (Tensor)net.Predict(net.Preprocess(x), batchSize: 500);

        // All 10,000 images; the tolerance is that of other processors' rounding.
        PerCent(predictions, y).Should().BeApproximately(Set("lenet5").Top1, 0.1);
        // The first test image is an ankle boot.
        net.DecodePredictions(predictions, top: 3)[0][0].Name.Should().Be("Ankle boot");
        net.DecodePredictions(predictions, top: 10)[0].Select(c => c.Name).Should().BeEquivalentTo(FashionMnist.ClassNames);
    }

    [TestCase("cifar_cnn")]
    [TestCase("resnet_cifar")]
    public void Networks_name_what_CIFAR10_shows(string model)
    {
        using var scope = torch.NewDisposeScope();
        // 1,000 of 10,000 images: the standard error of a share of 0.8 is 1.3 per cent, so three of them.
        var (x, y) = Cifar10Photos.Test(every: 10);
        var net = Zoo.Create(model, weights: "cifar10");
        var predictions = (Tensor)net.Predict(net.Preprocess(x), batchSize: 200);

        x.shape[0].Should().Be(1000);
        PerCent(predictions, y).Should().BeApproximately(Set(model).Top1, 4);
        net.DecodePredictions(predictions, top: 10)[0].Select(c => c.Name).Should().BeEquivalentTo(Cifar10.ClassNames);
    }

    [TestCase("cifar_cnn")]
    [TestCase("resnet_cifar")]
    [Category("Slow")]
    public void The_recorded_accuracy_is_that_of_all_test_images(string model)
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = Cifar10Photos.Test(every: 1);
        var net = Zoo.Create(model, weights: "cifar10");
        PerCent((Tensor)net.Predict(net.Preprocess(x), batchSize: 200), y).Should().BeApproximately(Set(model).Top1, 0.1);
    }

    [Test]
    public void Networks_of_other_sizes_are_refused_with_what_differs()
    {
        ((Action)(() => Zoo.LeNet5(classes: 5, weights: "fashion_mnist"))).Should().Throw<KerasException>().WithMessage("*predictions.weight*");
        ((Action)(() => Zoo.ResNetCifar(depth: 32, weights: "cifar10"))).Should().Throw<KerasException>().WithMessage("*layer1.3.conv1*");
        ((Action)(() => Zoo.CifarCnn(weights: "imagenet"))).Should().Throw<KerasException>().WithMessage("cifar_cnn has no weights \"imagenet\"*It has \"cifar10\"*");
        ((Action)(() => Zoo.LeNet5(weights: "fashion_mnist").DecodePredictions(torch.zeros(1, 1000)))).Should().Throw<KerasException>().WithMessage("*(N, 10)*Fashion-MNIST*");
    }

    [Test]
    public void A_file_that_differs_from_its_record_is_refused()
    {
        var set = Set("lenet5");
        ((Action)(() => (set with { Sha256 = new string('0', 64) }).Fetch())).Should().Throw<KerasException>().WithMessage($"{set.FileName} inside DeepKeras.Applications should have {set.Bytes} bytes*{set.Sha256}*Restore pretrained/*");
        ((Action)(() => (set with { Bytes = 7 }).Fetch())).Should().Throw<KerasException>().WithMessage("*should have 7 bytes*");
        ((Action)(() => (set with { FileName = "none.safetensors" }).Fetch())).Should().Throw<KerasException>().WithMessage("*should hold none.safetensors*has no such file inside*");
    }

    [Test]
    public void The_keys_are_those_of_a_PyTorch_module()
    {
        using var file = WeightFile.Open(Set("lenet5").Fetch());
        file.Entries.Select(e => $"{e.Name} {e.Shape}").Should().BeEquivalentTo(
            "c1.weight (6, 1, 5, 5)", "c1.bias (6,)", "c3.weight (16, 6, 5, 5)", "c3.bias (16,)", "c5.weight (120, 400)", "c5.bias (120,)",
            "f6.weight (84, 120)", "f6.bias (84,)", "predictions.weight (10, 84)", "predictions.bias (10,)");
    }

    private static IncludedWeights Set(string model) => WeightSets.Included.Single(s => s.Model == model);

    private static double PerCent(Tensor predictions, Tensor labels) => 100 * predictions.argmax(1).eq(labels.to(ScalarType.Int64)).to(ScalarType.Float64).mean().ToDouble();
}
