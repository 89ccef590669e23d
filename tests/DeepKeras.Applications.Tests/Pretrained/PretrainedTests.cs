using DeepKeras.Applications.Pretrained;
using DeepKeras.Serialization;
using DeepKeras.Tests.Support;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>Networks take weight files of whole networks, with and without their classifier, and prepare photos for them.</summary>
public sealed class PretrainedTests
{
    private readonly TemporaryFolder _folder = new();
    private string _file = "";
    private Model _net = null!;

    [OneTimeSetUp]
    public void Save()
    {
        Keras.SetRandomSeed(5);
        _net = Zoo.MobileNetV2(weights: null, inputShape: (64, 64, 3), classes: 10);
        _file = _folder.File("net.pth");
        _net.SavePretrained(_file);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void A_file_has_torchvisions_keys()
    {
        using var file = WeightFile.Open(_file);
        // torchvision's mobilenet_v2().state_dict(): 52 convolutions with normalization of 5 entries each, and the classifier's weight and bias.
        file.Entries.Should().HaveCount((52 * 6) + 2);
        file.Entries.Select(e => e.Name).Should().Contain(["features.0.0.weight", "features.1.conv.0.0.weight", "features.18.1.num_batches_tracked", "classifier.1.bias"]);
    }

    [Test]
    public void A_network_is_built_from_a_file()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(2, 64, 64, 3);
        var expected = (Tensor)_net.Predict(images);
        Close((Tensor)Zoo.MobileNetV2(weights: _file, inputShape: (64, 64, 3), classes: 10).Predict(images), expected);
        var fresh = Zoo.Create("mobilenet_v2", inputShape: (64, 64, 3), classes: 10);
        using (var stream = File.OpenRead(_file)) fresh.LoadPretrained(stream).IsComplete.Should().BeTrue();
        Close((Tensor)fresh.Predict(images), expected);
    }

    [Test]
    public void A_network_without_its_classifier_leaves_that_of_the_file_aside()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(1, 64, 64, 3);
        var body = Zoo.MobileNetV2(includeTop: false, weights: _file, inputShape: (64, 64, 3));
        var whole = new Model(inputs: [_net.Input], outputs: [_net.GetLayer(body.Layers[^1].Name).Output]);
        Close((Tensor)body.Predict(images), (Tensor)whole.Predict(images));
    }

    [Test]
    public void Auxiliary_classifiers_of_a_file_are_left_aside_where_the_network_has_none()
    {
        // torchvision's file of GoogLeNet holds them, and most who use the network want the main classifier alone.
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(1, 64, 64, 3);
        var whole = Zoo.GoogLeNet(weights: null, inputShape: (64, 64, 3), classes: 3, auxiliaryOutputs: true);
        var file = _folder.File("googlenet.pth");
        whole.SavePretrained(file);
        var alone = Zoo.GoogLeNet(weights: file, inputShape: (64, 64, 3), classes: 3);
        Close((Tensor)alone.Predict(images), whole.Predict(images)[0]);
    }

    [Test]
    public void A_classifier_of_other_classes_is_refused_with_its_shapes_and_can_be_left()
    {
        using var scope = torch.NewDisposeScope();
        ((Action)(() => Zoo.MobileNetV2(weights: _file, inputShape: (64, 64, 3), classes: 5))).Should().Throw<KerasException>().WithMessage("*classifier.1.weight*5*10*");
        var other = Zoo.MobileNetV2(weights: null, inputShape: (64, 64, 3), classes: 5);
        var report = other.LoadPretrained(_file, skipMismatch: true);
        report.Mismatching.Should().HaveCount(2);
        Close(other.GetLayer("Conv1").Weights[0].ToTensor(), _net.GetLayer("Conv1").Weights[0].ToTensor());
    }

    [Test]
    public void Photos_are_prepared_for_the_networks_own_size()
    {
        using var scope = torch.NewDisposeScope();
        var photo = torch.randint(0, 256, [90, 120, 3]).to(ScalarType.Byte);
        var prepared = _net.Preprocess(photo);
        prepared.shape.Should().Equal(1, 64, 64, 3);
        // The published transform is (256, 224); for 64 pixels it is scaled to (73, 64).
        Close(prepared, new ImageNetTransform(73, 64).Apply(photo));
        var fitting = torch.randint(0, 256, [2, 64, 64, 3]).to(ScalarType.Byte);
        Close(_net.Preprocess(fitting), ImageNetTransform.Normalize(fitting));
        ((Action)(() => new Sequential([Keras.Dense(3, inputShape: 4).Layer]).Preprocess(photo))).Should().Throw<KerasException>().WithMessage("*no published weights*ImageNetTransform*");
        ((Action)(() => new Sequential([Keras.Dense(3, inputShape: 4).Layer]).LoadPretrained(_file))).Should().Throw<KerasException>().WithMessage("*no network of the zoo*LoadWeights(path, map)*");
    }
}
