namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>Networks of the zoo take weight files of Keras, of the layout of keras.applications (make_hdf5_files.py, whose formula gives the numbers) and of Keras 3.</summary>
public sealed class KerasFilesTests
{
    private static readonly string s_vgg = Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Golden", "keras_files", "vgg.h5");
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase(true, 7)]
    [TestCase(false, 4)]
    public void A_file_of_Keras_2_goes_by_the_names_of_the_layers(bool includeTop, int layers)
    {
        using var scope = torch.NewDisposeScope();
        var net = ThinNetworks.Build("vgg", s_vgg, includeTop);
        var weighty = net.Layers.Where(l => l.Weights.Count > 0).ToList();
        weighty.Should().HaveCount(layers);
        foreach (var weight in weighty.SelectMany(l => l.GetWeights())) Numbers(weight).Should().Equal(Enumerable.Range(0, (int)weight.numel()).Select(i => ((i % 11) - 5) / 8.0));
    }

    [TestCase("vgg_bn")]
    [TestCase("densenet")]
    public void A_file_for_Keras_3_gives_the_same_network(string network)
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(3);
        var images = torch.rand(2, 32, 40, 3);
        var net = ThinNetworks.Build(network, weights: null);
        var file = _folder.File("net.weights.h5");
        net.SaveWeights(file);
        Close((Tensor)ThinNetworks.Build(network, file).Predict(images), (Tensor)net.Predict(images));
        var body = ThinNetworks.Build(network, file, includeTop: false);
        Close((Tensor)body.Predict(images), (Tensor)new Model(net.Input, net.GetLayer(body.Layers[^1].Name).Output).Predict(images));
    }

    [Test]
    public void A_classifier_of_other_classes_is_refused_and_can_be_left()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.MobileNetV2(weights: null, inputShape: (32, 32, 3), classes: 4, alpha: 0.1);
        var file = _folder.File("net.weights.h5");
        net.SaveWeights(file);
        ((Action)(() => Zoo.MobileNetV2(weights: file, inputShape: (32, 32, 3), classes: 3, alpha: 0.1))).Should().Throw<KerasException>()
            .WithMessage("*net.weights.h5 do not fit model 'mobilenet_v2'; nothing was changed.*predictions/kernel: the model has (1280, 3), the file (1280, 4)*");
        var other = Zoo.MobileNetV2(weights: null, inputShape: (32, 32, 3), classes: 3, alpha: 0.1);
        other.LoadPretrained(file, skipMismatch: true).Mismatching.Should().HaveCount(2);
        Close(other.GetLayer("Conv_1").Weights[0].ToTensor(), net.GetLayer("Conv_1").Weights[0].ToTensor());
    }

    [Test]
    public void Layers_that_the_network_does_not_have_are_named()
    {
        // A network of other blocks takes nothing of it, unlike one without its classifier.
        ((Action)(() => ThinNetworks.Build("vgg_bn", s_vgg, includeTop: false))).Should().Throw<KerasException>().WithMessage("*block1_bn1/gamma (4,): not in the file*");
        var body = ThinNetworks.Build("vgg", weights: null, includeTop: false);
        var file = _folder.File("longer.weights.h5");
        new Model(body.Input, Keras.Conv2D(2, 1, name: "more")(body.Output)).SaveWeights(file);
        ((Action)(() => ThinNetworks.Build("vgg", file, includeTop: false))).Should().Throw<KerasException>().WithMessage("*layers/conv2d_4/vars/0 (1, 1, 8, 2): not in the model*");
    }
}
