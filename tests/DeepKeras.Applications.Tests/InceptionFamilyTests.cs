using DeepKeras.Layers;

namespace DeepKeras.Applications.Tests;

/// <summary>What is particular to GoogLeNet, Inception v3 and v4 and Inception-ResNet v2.</summary>
public sealed class InceptionFamilyTests
{
    [Test]
    public void GoogLeNet_trains_its_auxiliary_classifiers_on_the_same_labels()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.GoogLeNet(weights: null, inputShape: (64, 64, 3), classes: 3, auxiliaryOutputs: true);
        net.OutputNames.Should().Equal("predictions", "aux1_predictions", "aux2_predictions");
        net.Compile("sgd", "sparse_categorical_crossentropy", lossWeights: [1, 0.3, 0.3]);
        var images = Sample(ScalarType.Float32, 2, 64, 64, 3);
        var labels = Integers([0, 2], 2);
        var before = net.TrainableWeights.Select(w => w.Value.clone()).ToArray();

        var score = net.TrainOnBatch(images, [labels, labels, labels]);

        // Sum of the weighted losses; each is ln 3 or a little beside it, as the classifiers hardly know the images yet.
        score["loss"].Should().BeApproximately(1.6 * Math.Log(3), 0.4);
        net.TrainableWeights.Zip(before).Count(p => !Same(p.First.Value, p.Second)).Should().Be(before.Length);
        var alone = new Model(net.Inputs[0], net.Outputs[0]);
        Same(alone.Predict(images), net.Predict(images)[0]).Should().BeTrue();
        alone.Layers.Should().NotContain(l => l.Name.StartsWith("aux", StringComparison.Ordinal));
    }

    [Test]
    public void Inception_v3_has_one_auxiliary_classifier_behind_mixed7()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.InceptionV3(weights: null, classes: 1000, auxiliaryOutputs: true);
        // num_params of torchvision's weight record, which holds the auxiliary classifier.
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(27_161_264);
        net.OutputNames.Should().Equal("predictions", "aux_predictions");
        net.GetLayer("aux_pool").Input.Name.Should().Be("mixed7");
        net.GetLayer("aux_conv1_conv").Output.Shape.Should().Equal(null, 1, 1, 768);
    }

    [Test]
    public void GoogLeNet_with_auxiliary_classifiers_has_as_many_parameters_as_torchvisions()
    {
        using var scope = torch.NewDisposeScope();
        // Summed over the parameters of torchvision 0.14's GoogLeNet(aux_logits=True).
        Zoo.GoogLeNet(weights: null, auxiliaryOutputs: true).TrainableWeights.Sum(w => w.ElementCount).Should().Be(13_004_888);
    }

    [TestCase("googlenet", 224, "inception3a: 28 256, inception4d: 14 528, inception5b: 7 1024")]
    [TestCase("inception_v3", 299, "mixed2: 35 288, mixed7: 17 768, mixed10: 8 2048")]
    [TestCase("inception_v4", 299, "mixed5a: 35 384, inception_b7: 17 1024, inception_c3: 8 1536")]
    [TestCase("inception_resnet_v2", 299, "block35_10_ac: 35 320, block17_20_ac: 17 1088, block8_10: 8 2080")]
    public void Its_maps_are_of_the_papers_size(string name, int size, string expected)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.Create(name, includeTop: false, inputShape: (size, size, 3));
        var layers = expected.Split(", ").Select(e => e[..e.IndexOf(':', StringComparison.Ordinal)]);
        var sizes = layers.Select(l => (Layer: l, net.GetLayer(l).Output.Shape)).ToList();
        string.Join(", ", sizes.Select(s => $"{s.Layer}: {s.Shape[1]} {s.Shape[3]}")).Should().Be(expected);
        sizes.Should().OnlyContain(s => s.Shape[1] == s.Shape[2]);
    }

    [Test]
    public void Images_shifted_and_scaled_by_ImageNets_statistics_are_brought_to_minus_1_to_1()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.GoogLeNet(includeTop: false, weights: null, inputShape: (32, 32, 3), transformInput: true);
        var transformed = new Model(net.Inputs[0], net.GetLayer("transform_input").Output);
        // Black, grey and white pixels, prepared with means 0.485, 0.456, 0.406 and deviations 0.229, 0.224, 0.225.
        float[] black = [-2.117904f, -2.035714f, -1.804444f], white = [2.248908f, 2.428571f, 2.640000f];
        var images = torch.zeros(2, 32, 32, 3);
        images[0] += Vector(black);
        images[1] += Vector(white);
        var output = transformed.Predict(images).Single;
        Numbers(output[0, 5, 7]).Should().AllSatisfy(v => v.Should().BeApproximately(-1, 1e-5));
        Numbers(output[1, 5, 7]).Should().AllSatisfy(v => v.Should().BeApproximately(1, 1e-5));
    }

    [Test]
    public void Auxiliary_classifiers_need_the_classifier()
    {
        foreach (var build in new Func<Model>[] { () => Zoo.GoogLeNet(includeTop: false, weights: null, auxiliaryOutputs: true), () => Zoo.InceptionV3(includeTop: false, weights: null, auxiliaryOutputs: true) })
        {
            build.Should().Throw<KerasException>().WithMessage("*was given auxiliaryOutputs: true together with includeTop: false*Leave one of the two out.");
        }
    }

    [TestCase(false, 74, 75)]
    [TestCase(true, 298, 299)]
    public void Inception_v3_refuses_images_that_its_windows_do_not_fit_in(bool auxiliary, int size, int minimum)
    {
        var build = () => Zoo.InceptionV3(weights: null, inputShape: (size, size, 3), auxiliaryOutputs: auxiliary);
        build.Should().Throw<KerasException>().WithMessage($"inception_v3 expects images of at least ({minimum}, {minimum}) but received ({size}, {size}). *");
    }

    [Test]
    public void The_last_residual_block_is_neither_scaled_nor_activated()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.InceptionResNetV2(includeTop: false, weights: null, inputShape: (75, 75, 3));
        net.Layers.OfType<Rescaling>().GroupBy(r => r.Scale[0]).ToDictionary(g => g.Key, g => g.Count())
            .Should().BeEquivalentTo(new Dictionary<double, int> { [0.17] = 10, [0.1] = 20, [0.2] = 9 });
        net.GetLayer("conv_7b").Input.Name.Should().Be("block8_10");
    }
}
