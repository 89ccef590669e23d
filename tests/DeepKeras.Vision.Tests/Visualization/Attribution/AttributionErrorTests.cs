using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Attribution;

[TestFixture]
public sealed class AttributionErrorTests
{
    private static readonly Tensor s_images = ReferenceNet.Images;
    private static readonly Sequential s_model = ReferenceNet.Softmax();

    [Test]
    public void Bad_classes_are_refused()
    {
        Refused(() => Saliency.Of(s_model, s_images, 4), "*has 4 classes, numbered from 0 to 3, but class 4*predicted class.");
        Refused(() => GradCam.Of(s_model, s_images, -1), "*numbered from 0 to 3, but class -1*");
        Refused(() => GradCam.Of(ReferenceNet.Sigmoid(), s_images, 2), "*has 2 classes*class 2*");
        Refused(() => Saliency.Of(s_model, s_images, [0, 1, 2]), "There are 3 classes to explain for 2 images. Give one for all*");
        var detector = new Sequential([Conv2D(2, 3, inputShape: (8, 8, 3))]);
        Refused(() => Saliency.Of(detector, s_images, 0), "*answers with (None, 6, 6, 2), but scores of classes (N, classes)*");
        Refused(() => Saliency.Of(detector, s_images), "*answers with (None, 6, 6, 2), but scores of classes (N, classes)*");
    }

    [Test]
    public void Bad_layers_are_refused()
    {
        Refused(() => GradCam.Of(s_model, s_images, layer: "conv3"), "*has no layer 'conv3'. The nearest names are 'conv1', 'conv2'*");
        Refused(() => GradCam.Of(s_model, s_images, layer: "scores"), "Dense 'scores' (layer 6 of 6) answers with (None, 4), but maps (N, H, W, channels) are needed. Take one of 'conv1', 'bn', 'conv2', 'pool'.");
        Refused(() => GradCam.Of(s_model, s_images, layer: 6), "*has no layer number 6: it has 6 layers*");
        Refused(() => GradCam.Of(s_model, s_images, layer: ^7), "*has no layer number ^7*");
        Refused(() => GradCam.Of(s_model, s_images, layer: new Layers.Flatten(name: "alone")), "*does not run Flatten 'alone'*");
        var dense = new Sequential([Dense(3, inputShape: 4), Dense(2)]);
        Refused(() => GradCam.Of(dense, torch.zeros(1, 4)), "*has no layer with a 4-D output*Saliency*");
        Refused(() => GradCam.Of(dense, torch.zeros(1, 4), layer: 0), "*Take another model, for this one has no such layer.");
    }

    [Test]
    public void A_layer_off_the_way_to_the_output_is_refused()
    {
        var x = Input((8, 8, 3));
        var side = Conv2D(2, 3, name: "side")(x);
        var model = new Model(x, [Dense(2)(Flatten()(x)), side]);
        Refused(() => GradCam.Of(model, s_images, layer: "side"), "*do not depend on Conv2D 'side'*Take a layer on the way*");
        var cut = new Sequential([Lambda(t => t.detach(), inputShape: (8, 8, 3)), Flatten(), Lambda(t => t.detach()), Lambda(t => t.sum([1], true))]);
        Refused(() => Saliency.Of(cut, s_images), "*do not depend on its input*Use Occlusion*");
    }

    [Test]
    public void Bad_images_and_models_are_refused()
    {
        Refused(() => Saliency.Of(s_model, torch.zeros(2, 9, 8, 3)), "*expects images (None, 8, 8, 3), or one of them without the batch axis, but received (2, 9, 8, 3)*");
        Refused(() => Saliency.Of(s_model, torch.zeros(3, 8, 8)), "*but received (3, 8, 8)*channels be the last axis*");
        Refused(() => Saliency.Of(s_model, torch.tensor(1f)), "*expects images*");
        Refused(() => Saliency.Of(s_model, torch.zeros(0, 8, 8, 3)), "*expects images*");
        Refused(() => Saliency.Of(new Sequential([Dense(2)]), s_images), "*input shape is not known yet*");
        var (a, b) = (Input(3, name: "a"), Input(3, name: "b"));
        Refused(() => Saliency.Of(new Model([a, b], Add()(a, b)), torch.zeros(1, 3)), "*takes 2 inputs ('a', 'b')*");
        Refused(() => Occlusion.Of(new Sequential([Dense(2, inputShape: 3)]), torch.zeros(1, 3)), "Occlusion: model*expects (None, 3), which has no rows and columns*");
    }

    [Test]
    public void Bad_numbers_are_refused()
    {
        Refused(() => Saliency.Of(s_model, s_images, batchSize: 0), "batchSize must be at least 1 but was 0*");
        Refused(() => Occlusion.Of(s_model, s_images, batchSize: 0), "batchSize must be at least 1 but was 0*");
        Refused(() => SmoothGrad.Of(s_model, s_images, samples: 0), "samples must be at least 1*");
        Refused(() => SmoothGrad.Of(s_model, s_images, noise: double.NaN), "SmoothGrad: noise must be a number of at least 0 but was NaN*");
        Refused(() => IntegratedGradients.Of(s_model, s_images, steps: 0), "steps must be at least 1*");
        Refused(() => IntegratedGradients.Of(s_model, s_images, baseline: torch.zeros(3, 8, 8, 3)), "IntegratedGradients: there are 3 baselines for 2 images*");
        Refused(() => Occlusion.Of(s_model, s_images, patch: 9), "Occlusion: the patch must be between 1 and the image's size (8, 8) but was (9, 9)*");
        Refused(() => Occlusion.Of(s_model, s_images, patch: 2, stride: 3), "Occlusion: the stride must be between 1 and the patch (2, 2)*was (3, 3)*");
    }

    private static void Refused(Func<Tensor> action, string message) =>
        FluentActions.Invoking(() => action().Dispose()).Should().Throw<KerasException>().WithMessage(message);
}
