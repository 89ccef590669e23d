using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Attribution;

/// <summary>What holds for every attribution method: shapes, classes, inference mode, and a model that is left as it was.</summary>
[TestFixture]
public sealed class AttributionTests
{
    private static readonly (string Name, Func<Model, Tensor, ClassChoice?, Tensor> Of)[] s_methods =
    [
        ("Saliency", (m, x, c) => Saliency.Of(m, x, c, batchSize: 2)),
        ("SmoothGrad", (m, x, c) => SmoothGrad.Of(m, x, c, samples: 3)),
        ("IntegratedGradients", (m, x, c) => IntegratedGradients.Of(m, x, c, steps: 3)),
        ("GradCam", (m, x, c) => GradCam.Of(m, x, c, batchSize: 2)),
        ("GradCamPlusPlus", (m, x, c) => GradCamPlusPlus.Of(m, x, c, batchSize: 2)),
        ("Occlusion", (m, x, c) => Occlusion.Of(m, x, c)),
    ];

    private static IEnumerable<TestCaseData> Methods() => s_methods.Select(m => new TestCaseData(m.Of).SetName($"{{m}}({m.Name})"));

    [TestCaseSource(nameof(Methods))]
    public void A_batch_gives_a_map_per_image_and_one_image_its_own(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var model = ReferenceNet.Softmax();
        using var images = torch.cat([ReferenceNet.Images, ReferenceNet.Images.flip(1), ReferenceNet.Images.flip(2)], 0);
        using var maps = method(model, images, null);
        maps.shape.Should().Equal(6, 8, 8);
        maps.dtype.Should().Be(ScalarType.Float32);
        maps.requires_grad.Should().BeFalse();
        // SmoothGrad draws other noise for another batch.
        if (TestContext.CurrentContext.Test.Name.Contains("SmoothGrad", StringComparison.Ordinal)) return;
        using var third = method(model, images[2], null);
        third.shape.Should().Equal(8, 8);
        Close(third, maps[2], 1e-5, 1e-4);
        using var batchOfOne = method(model, images.narrow(0, 2, 1), null);
        batchOfOne.shape.Should().Equal(1, 8, 8);
    }

    [TestCaseSource(nameof(Methods))]
    public void The_default_class_is_the_predicted_one_and_classes_may_differ_from_image_to_image(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var model = ReferenceNet.Softmax();
        using var images = ReferenceNet.Images;
        using var predicted = method(model, images, null);
        using var same = method(model, images, ReferenceNet.Predicted);
        Close(predicted, same);
        using var mixed = method(model, images, [ReferenceNet.Predicted[0], 3]);
        Close(mixed[0], predicted[0], 1e-5, 1e-4);
        Same(mixed[1], predicted[1]).Should().BeFalse("another class is explained");
    }

    [TestCaseSource(nameof(Methods))]
    public void The_model_is_left_as_it_was(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        // Dropout and batch statistics would change the map from call to call; gradients would stay in the weights.
        var model = new Sequential(
        [
            Conv2D(4, 3, inputShape: (8, 8, 3)), BatchNormalization(), Activation("relu"), Dropout(0.5), Conv2D(3, 3, activation: "relu"), Flatten(), Dropout(0.5), Dense(3, activation: "softmax"),
        ]);
        using var images = ReferenceNet.Images;
        var before = model.GetWeights();
        using (torch.no_grad())
        {
            using var first = method(model, images, 1);
            using var again = method(model, images, 1);
            Same(first, again).Should().BeTrue("inference mode has no randomness");
        }
        var after = model.GetWeights();
        for (var i = 0; i < before.Count; i++) Same(before[i], after[i]).Should().BeTrue();
        model.Weights.Should().OnlyContain(w => ReferenceEquals(w.Value.grad, null));
        model.TrainableWeights.Should().OnlyContain(w => w.Value.requires_grad);
        images.requires_grad.Should().BeFalse();
    }

    [TestCaseSource(nameof(Methods))]
    public void A_frozen_model_gives_the_same_map(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var model = ReferenceNet.Softmax();
        using var images = ReferenceNet.Images;
        using var free = method(model, images, 1);
        model.Trainable = false;
        using var predicted = (Tensor)model.Predict(images);
        foreach (var weight in model.Weights) weight.Value.requires_grad_(false);
        using var frozen = method(model, images, 1);
        Close(frozen, free);
        model.Weights.Should().OnlyContain(w => !w.Value.requires_grad);
    }

    [TestCaseSource(nameof(Methods))]
    public void Bytes_are_taken_as_numbers(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var model = new Sequential([Rescaling(1 / 255.0, inputShape: (8, 8, 3)), Conv2D(4, 3, activation: "relu"), Flatten(), Dense(3)]);
        using var bytes = ReferenceNet.Images.mul(255).to_type(ScalarType.Byte);
        using var floats = bytes.to_type(ScalarType.Float32);
        using var one = method(model, bytes, 0);
        using var two = method(model, floats, 0);
        Same(one, two).Should().BeTrue();
    }

    [TestCaseSource(nameof(Methods))]
    public void Memory_stays_flat(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var model = ReferenceNet.Nested();
        using var images = ReferenceNet.Images;
        Leaks.None(() => method(model, images, null).Dispose(), 10);
    }

    [TestCaseSource(nameof(Methods))]
    public void Channels_may_come_first(Func<Model, Tensor, ClassChoice?, Tensor> method)
    {
        var first = new Sequential([Conv2D(4, 3, dataFormat: "channels_first", activation: "relu", inputShape: (3, 8, 6)), GlobalAveragePooling2D(dataFormat: "channels_first"), Dense(3, activation: "softmax")]);
        var last = new Sequential([Conv2D(4, 3, activation: "relu", inputShape: (8, 6, 3)), GlobalAveragePooling2D(), Dense(3, activation: "softmax")]);
        last.SetWeights(first.GetWeights());
        using var images = Sample(ScalarType.Float32, 2, 8, 6, 3);
        using var expected = method(last, images, 1);
        expected.shape.Should().Equal(2, 8, 6);
        if (TestContext.CurrentContext.Test.Name.Contains("SmoothGrad", StringComparison.Ordinal))
        {
            using var other = method(first, images.permute(0, 3, 1, 2), 1);
            other.shape.Should().Equal(2, 8, 6);
            return;
        }
        using var map = method(first, images.permute(0, 3, 1, 2), 1);
        Close(map, expected, 1e-5, 1e-4);
    }

    [Test]
    public void Noise_follows_the_seed_alone()
    {
        var model = ReferenceNet.Softmax();
        using var image = ReferenceNet.Images[0];
        SetRandomSeed(1);
        using var first = SmoothGrad.Of(model, image, samples: 4, seed: 5);
        SetRandomSeed(2);
        using var drawn = torch.rand(1);
        SetRandomSeed(2);
        using var again = SmoothGrad.Of(model, image, samples: 4, seed: 5);
        using var drawnBehind = torch.rand(1);
        using var other = SmoothGrad.Of(model, image, samples: 4, seed: 6);
        Same(first, again).Should().BeTrue();
        Same(first, other).Should().BeFalse();
        Same(drawn, drawnBehind).Should().BeTrue("the session's random numbers are not touched");
        using var silent = SmoothGrad.Of(model, image, noise: 0, samples: 2);
        using var plain = Saliency.Of(model, image);
        Close(silent, plain);
    }

    [Test]
    public void The_layer_looked_at_lies_behind_normalisation_activation_and_shortcut()
    {
        var x = Input((8, 8, 3));
        var a = Conv2D(4, 3, padding: "same", name: "a")(x);
        var b = Activation("relu", name: "act")(BatchNormalization(name: "norm")(Conv2D(4, 3, padding: "same", name: "b")(a)) + a);
        var model = new Model(x, Dense(2)(Flatten()(MaxPooling2D(2, name: "pool")(b))));
        ImageModel.LastMaps(model).Name.Should().Be("act");
        using var images = Sample(ScalarType.Float32, 1, 8, 8, 3);
        using var chosen = GradCam.Of(model, images, 0, resize: false);
        using var named = GradCam.Of(model, images, 0, "act", resize: false);
        Same(chosen, named).Should().BeTrue();
        using var pooled = GradCam.Of(model, images, 0, "pool", resize: false);
        pooled.shape.Should().Equal(1, 4, 4);
        var pooling = new Sequential([MaxPooling2D(2, inputShape: (8, 8, 1), name: "only"), Flatten(), Dense(2)]);
        ImageModel.LastMaps(pooling).Name.Should().Be("only");
    }

    [Test]
    public void A_model_of_free_size_takes_any_photo()
    {
        var model = new Sequential([Conv2D(4, 3, activation: "relu", inputShape: (null, null, 3)), GlobalAveragePooling2D(), Dense(2)]);
        using var map = GradCam.Of(model, Sample(ScalarType.Float32, 17, 11, 3), 0);
        map.shape.Should().Equal(17, 11);
    }
}
