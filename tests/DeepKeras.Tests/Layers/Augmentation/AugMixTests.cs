using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

public sealed class AugMixTests
{
    private const int Count = 40;

    [Test]
    public void Versions_are_weighted_and_mixed_with_the_image()
    {
        using var scope = torch.NewDisposeScope();
        ImageTransform[] chains = [new PixelTransform(x => x.add(10)), new PixelTransform(x => x.mul(3)), new ChainTransform()];
        var mixture = new ChainMixture(new AugMix(), chains, [[0.5, 0.25, 0.25], [0, 1, 0]], [0.2, 0.5], (0, 255));
        var images = Floats([20, 100], 2, 1, 1, 1);
        // 0.2 · 20 + 0.8 · (0.5 · 30 + 0.25 · 60 + 0.25 · 20); 0.5 · 100 + 0.5 · 300, and 200 lies within the range.
        Close(mixture.Images(images), Floats([32, 200], 2, 1, 1, 1), 1e-4);
        Close(mixture.Images(images.mul(2)).select(0, 1), Floats([255], 1, 1, 1), 1e-4);
        Close(images, Floats([20, 100], 2, 1, 1, 1));
    }

    [Test]
    public void Chains_without_steps_and_inference_leave_images_alone()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 3, 8, 9, 3).abs().clamp_(0, 1).mul(255);
        Close(new AugMix(chainDepth: 0).Call(images, training: true), images, 1e-3);
        Close(new AugMix().Call(images), images);
    }

    [Test]
    public void Every_image_has_its_own_draw_and_stays_within_the_range()
    {
        using var scope = torch.NewDisposeScope();
        var image = Sample(ScalarType.Float32, 1, 12, 12, 3).abs().clamp_(0, 1).mul(255).expand(Count, 12, 12, 3);
        var changed = new AugMix(numChains: 4, factor: 1, seed: 8).Call(image, training: true);
        changed.shape.Should().Equal(Count, 12, 12, 3);
        Enumerable.Range(0, Count).Select(i => Math.Round(Number(changed[i].sum()), 1)).Distinct().Count().Should().BeGreaterThan(Count * 3 / 4);
        changed.min().item<float>().Should().BeGreaterThanOrEqualTo(0);
        changed.max().item<float>().Should().BeLessThanOrEqualTo(255);
    }

    [Test]
    public void A_seed_repeats_and_layouts_agree()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 4, 9, 11, 3).abs().clamp_(0, 1).mul(255);
        Tensor Run(DataFormat format, Tensor input) => new AugMix(seed: 6, dataFormat: format).Call(input, training: true);
        var first = Run("channels_last", images);
        Same(Run("channels_last", images), first).Should().BeTrue();
        Close(Run("channels_first", images.permute(0, 3, 1, 2).contiguous()).permute(0, 2, 3, 1), first, 0.05);
    }

    [Test]
    public void Without_the_tones_grey_images_are_taken()
    {
        using var scope = torch.NewDisposeScope();
        var grey = Sample(ScalarType.Float32, Count, 8, 8, 1).abs().clamp_(0, 1).mul(255);
        Same(new AugMix(allOps: false).Call(grey, training: true), grey).Should().BeFalse();
        ((Action)(() => new AugMix(name: "a").Call(grey, training: true))).Should().Throw<KerasException>().WithMessage("AugMix 'a' expects images of 3 channels: red, green, blue but received (40, 8, 8, 1)*");
    }

    [Test]
    public void Masks_are_mixed_alike_while_boxes_and_labels_stay()
    {
        using var scope = torch.NewDisposeScope();
        var first = Sample(ScalarType.Float32, Count, 10, 10, 1).gt(0).to(ScalarType.Float32);
        var masks = torch.cat([first, first.neg().add(1)], 3);
        var samples = new ImageSamples(torch.zeros(Count, 10, 10, 3), torch.eye(Count, Count, ScalarType.Float32), torch.ones(Count, 1, 4), torch.ones([Count, 1], ScalarType.Int64), masks);
        var mixed = new AugMix(factor: 1, seed: 2).Apply(samples);
        Close(mixed.Masks!.sum(3), torch.ones(Count, 10, 10), 1e-4);
        Numbers(mixed.Masks).Should().Contain(m => m > 0.05 && m < 0.95);
        Same(mixed.Labels!, samples.Labels!).Should().BeTrue();
        Same(mixed.Boxes!, samples.Boxes!).Should().BeTrue();
        Same(mixed.BoxLabels!, samples.BoxLabels!).Should().BeTrue();
    }
}
