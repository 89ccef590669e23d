using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Attribution;

/// <summary>Models whose maps can be worked out by hand.</summary>
[TestFixture]
public sealed class ClosedFormTests
{
    [Test]
    public void The_saliency_of_a_linear_model_is_its_weights()
    {
        var model = new Sequential([Flatten(inputShape: (2, 3, 1)), Dense(2)]);
        model.Layers[1].SetWeights([Floats([1, 10, -2, 20, 3, -30, -4, 40, 5, 50, 6, -60], 6, 2), Vector(7, 8)]);
        using var map = Saliency.Of(model, Sample(ScalarType.Float32, 2, 3, 1), 0);
        map.shape.Should().Equal(2, 3);
        Numbers(map).Should().Equal(1, 2, 3, 4, 5, 6);
        using var second = Saliency.Of(model, Sample(ScalarType.Float32, 2, 3), 1);
        Numbers(second).Should().Equal(10, 20, 30, 40, 50, 60);
    }

    [Test]
    public void The_saliency_of_colours_is_the_strongest_channels()
    {
        var model = new Sequential([Flatten(inputShape: (1, 2, 3)), Dense(1)]);
        model.Layers[1].SetWeights([Floats([1, -5, 2, 3, 0, -1], 6, 1), Vector(0)]);
        using var map = Saliency.Of(model, Sample(ScalarType.Float32, 1, 2, 3));
        Numbers(map).Should().Equal(5, 3);
    }

    [Test]
    public void Integrated_gradients_of_a_linear_model_are_weights_times_difference()
    {
        var model = new Sequential([Flatten(inputShape: (1, 2, 2)), Dense(1)]);
        model.Layers[1].SetWeights([Floats([1, -2, 3, 4], 4, 1), Vector(9)]);
        using var baseline = Floats([1, 1, 1, 1], 1, 2, 2);
        using var map = IntegratedGradients.Of(model, Floats([3, 2, 1, 0], 1, 2, 2), baseline: baseline, steps: 3);
        // (3 − 1)·1 + (2 − 1)·(−2) and (1 − 1)·3 + (0 − 1)·4.
        Close(map, [0, -4]);
    }

    [Test]
    public void GradCam_of_global_average_pooling_and_a_dense_is_the_class_activation_map()
    {
        var model = new Sequential([Conv2D(3, 1, inputShape: (2, 2, 1), name: "conv"), GlobalAveragePooling2D(), Dense(2, activation: "softmax")]);
        model.Layers[0].SetWeights([Floats([1, -1, 2], 1, 1, 1, 3), Vector(0, 4, 0)]);
        model.Layers[2].SetWeights([Floats([1, 0, 0.5f, -1, 0, 1], 3, 2), Vector(0, 0)]);
        using var image = Floats([1, 2, 3, 4], 2, 2, 1);
        using var map = GradCam.Of(model, image, 0, resize: false);
        // CAM of class 0: 1·x + 0.5·(4 − x) + 0·2x; Grad-CAM divides by the four places.
        Close(map, [2.5 / 4, 3.0 / 4, 3.5 / 4, 4.0 / 4]);
        using var other = GradCam.Of(model, image, 1, resize: false);
        // −(4 − x) + 2x = 3x − 4, negative at x = 1 and cut there.
        Close(other, [0, 2.0 / 4, 5.0 / 4, 8.0 / 4]);
    }

    [Test]
    public void SmoothGrad_of_a_linear_model_is_its_saliency()
    {
        var model = new Sequential([Flatten(inputShape: (2, 2, 1)), Dense(2)]);
        using var image = Sample(ScalarType.Float32, 2, 2, 1);
        using var smooth = SmoothGrad.Of(model, image, 1, samples: 7, noise: 0.5);
        using var plain = Saliency.Of(model, image, 1);
        Close(smooth, plain);
    }

    [Test]
    public void SmoothGrad_of_a_rectifier_is_the_normal_distribution()
    {
        // S = relu(a) + relu(b); with noise of deviation σ the mean slope at a is Φ(a / σ): Φ(1) = 0.84134, Φ(0) = 0.5.
        var model = new Sequential([Input((2, 1, 1)), ReLU(), Flatten(), Dense(1, useBias: false)]);
        model.Layers[2].SetWeights([Floats([1, 1], 2, 1)]);
        using var image = Floats([0, 2], 2, 1, 1);
        using var map = SmoothGrad.Of(model, image, samples: 20000, noise: 0.5, batchSize: 1000);
        // σ = 0.5 · (2 − 0) = 1 here, and Φ(2) = 0.97725.
        Close(map, [0.5, 0.97725], 0.015, 0);
    }

    [Test]
    public void Occlusion_of_a_sum_is_what_the_patches_hide()
    {
        var model = new Sequential([Flatten(inputShape: (2, 4, 1)), Dense(1, useBias: false)]);
        model.Layers[1].SetWeights([Floats([1, 1, 1, 1, 1, 1, 1, 1], 8, 1)]);
        using var image = Floats([1, 2, 3, 4, 5, 6, 7, 8], 2, 4, 1);
        // Patches of 2 × 2 at columns 0 and 2 hide 14 and 22; with stride 1 the middle columns lie under two patches, of 14 and 18, 18 and 22.
        using var apart = Occlusion.Of(model, image, patch: 2, stride: 2, fill: 0);
        Close(apart, [14, 14, 22, 22, 14, 14, 22, 22]);
        using var close = Occlusion.Of(model, image, patch: 2, stride: 1, fill: 0);
        Close(close, [14, 16, 20, 22, 14, 16, 20, 22]);
        // A patch of 2 × 3 with stride 3: the second one is cut to the last column.
        using var cut = Occlusion.Of(model, image, patch: (2, 3), stride: (2, 3), fill: 0);
        Close(cut, [24, 24, 24, 12, 24, 24, 24, 12]);
        // The mean colour is 4.5.
        using var mean = Occlusion.Of(model, image, patch: 2, stride: 2);
        Close(mean, [14 - 18, 14 - 18, 22 - 18, 22 - 18, 14 - 18, 14 - 18, 22 - 18, 22 - 18]);
    }

    [Test]
    public void Saliency_agrees_with_finite_differences()
    {
        var model = ReferenceNet.Softmax();
        using var image = ReferenceNet.Images[0];
        using var map = Saliency.Of(model, image, 1);
        using var reader = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var scores = new Inspection.LayerReader(model);
        foreach (var (y, x) in new[] { (0, 0), (3, 4), (7, 7) })
        {
            var slopes = new double[3];
            for (var channel = 0; channel < 3; channel++)
            {
                double At(double step)
                {
                    var moved = image.clone();
                    moved[y, x, channel].add_(step);
                    return scores.Read(moved.unsqueeze(0)).Logits[0, 1].item<float>();
                }

                slopes[channel] = Math.Abs(At(1e-3) - At(-1e-3)) / 2e-3;
            }
            ((double)map[y, x].item<float>()).Should().BeApproximately(slopes.Max(), 3e-3);
        }
    }

    [Test]
    public void Integrated_gradients_sum_to_the_difference_of_the_scores()
    {
        var model = ReferenceNet.Softmax();
        using var images = ReferenceNet.Images;
        using var map = IntegratedGradients.Of(model, images, 2, steps: 400, batchSize: 64);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var reader = new Inspection.LayerReader(model);
        var difference = reader.Read(images).Logits.select(1, 2) - reader.Read(torch.zeros_like(images)).Logits.select(1, 2);
        Close(map.sum([1, 2]), difference, 5e-3, 5e-3);
        Numbers(difference).Should().Contain(d => Math.Abs(d) > 0.1, "otherwise the test says nothing");
    }

    [Test]
    public void Integrated_probabilities_are_complete_too()
    {
        var model = ReferenceNet.Sigmoid();
        using var images = ReferenceNet.Images;
        using var map = IntegratedGradients.Of(model, images, 0, steps: 300, score: ClassScore.Probability);
        using Tensor whole = model.Predict(images);
        using Tensor black = model.Predict(torch.zeros_like(images));
        Close(map.sum([1, 2]), (black - whole).squeeze(1), 2e-3, 2e-3);
    }
}
