using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization.Attribution;

/// <summary>Every gradient method and occlusion against PyTorch on the same weights and images.</summary>
[TestFixture]
public sealed class ReferenceTests
{
    private static IEnumerable<TestCaseData> Models()
    {
        yield return new TestCaseData(ReferenceNet.Softmax()).SetName("{m}(softmax in the last Dense)");
        yield return new TestCaseData(ReferenceNet.SoftmaxLayer()).SetName("{m}(softmax as a layer)");
        yield return new TestCaseData(ReferenceNet.Nested()).SetName("{m}(nested models)");
        yield return new TestCaseData(ReferenceNet.Linear()).SetName("{m}(logits)");
    }

    [TestCaseSource(nameof(Models))]
    public void Saliency_is_the_gradient_of_the_score_before_the_softmax(Model model)
    {
        Check(Saliency.Of(model, ReferenceNet.Images), "saliency");
        Check(Saliency.Of(model, ReferenceNet.Images, ReferenceNet.Other), "saliency_other");
    }

    [TestCaseSource(nameof(Models))]
    public void Integrated_gradients_agree(Model model)
    {
        Check(IntegratedGradients.Of(model, ReferenceNet.Images, ReferenceNet.Other, steps: 20), "integrated_zero_20");
        using var half = torch.full([8, 8, 3], 0.5);
        Check(IntegratedGradients.Of(model, ReferenceNet.Images, null, half, steps: 7, batchSize: 3), "integrated_half_7");
    }

    [TestCaseSource(nameof(Models))]
    public void GradCam_agrees(Model model)
    {
        Check(GradCam.Of(model, ReferenceNet.Images, resize: false), "grad_cam");
        Check(GradCam.Of(model, ReferenceNet.Images, ReferenceNet.Other, "conv2", resize: false), "grad_cam_other");
        Check(GradCam.Of(model, ReferenceNet.Images), "grad_cam_resized");
    }

    [TestCaseSource(nameof(Models))]
    public void GradCamPlusPlus_agrees(Model model)
    {
        Check(GradCamPlusPlus.Of(model, ReferenceNet.Images, resize: false), "grad_cam_pp");
        Check(GradCamPlusPlus.Of(model, ReferenceNet.Images, ReferenceNet.Other, resize: false), "grad_cam_pp_other");
    }

    [Test]
    public void Occlusion_agrees()
    {
        var model = ReferenceNet.Softmax();
        Check(Occlusion.Of(model, ReferenceNet.Images, patch: 3, stride: 2, fill: 0, batchSize: 5), "occlusion_zero_3_2");
        Check(Occlusion.Of(model, ReferenceNet.Images, ReferenceNet.Other, patch: 4, stride: 3), "occlusion_mean_4_3");
    }

    [Test]
    public void The_probability_can_be_explained_instead()
    {
        var model = ReferenceNet.Softmax();
        Check(Saliency.Of(model, ReferenceNet.Images, ReferenceNet.Other, ClassScore.Probability), "saliency_probability");
        Check(GradCam.Of(model, ReferenceNet.Images, ReferenceNet.Other, resize: false, score: ClassScore.Probability), "grad_cam_probability");
    }

    [Test]
    public void One_sigmoid_unit_has_two_classes()
    {
        var model = ReferenceNet.Sigmoid();
        Check(GradCam.Of(model, ReferenceNet.Images, 1, resize: false), "sigmoid_cam_1");
        Check(GradCam.Of(model, ReferenceNet.Images, 0, resize: false), "sigmoid_cam_0");
        // The predicted class is 1 where the probability is above a half.
        double[] probabilities = Numbers(model.Predict(ReferenceNet.Images));
        using var predicted = GradCam.Of(model, ReferenceNet.Images, resize: false);
        for (var i = 0; i < 2; i++) Close(predicted[i], ReferenceNet.Numbers(probabilities[i] > 0.5 ? "sigmoid_cam_1" : "sigmoid_cam_0")[i], 1e-5, 1e-4);
        using var one = Occlusion.Of(model, ReferenceNet.Images, 1, patch: 4);
        using var zero = Occlusion.Of(model, ReferenceNet.Images, 0, patch: 4);
        Close(one, zero.neg(), 1e-6, 1e-5);
    }

    [Test]
    public void The_maps_of_a_layer_are_PyTorchs()
    {
        using var maps = ActivationMaps.Of(ReferenceNet.Nested(), ReferenceNet.Images, "conv2", "body/bn", "head");
        Close(maps["conv2"], ReferenceNet.Numbers("maps"), 1e-5, 1e-4);
        maps["bn"].shape.Should().Equal(2, 8, 8, 4);
        Close(maps["head"], ReferenceNet.Numbers("logits").softmax(1), 1e-5, 1e-4);
    }

    private static void Check(Tensor map, string name)
    {
        Close(map, ReferenceNet.Numbers(name), 1e-5, 1e-4);
        map.Dispose();
    }
}
