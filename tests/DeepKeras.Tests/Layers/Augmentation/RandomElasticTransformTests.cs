using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

public sealed class RandomElasticTransformTests
{
    private const int Count = 200;

    [Test]
    public void Inference_no_probability_and_no_scale_leave_images_alone()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 2, 12, 9, 3).abs().clamp_(0, 1).mul(255);
        Same(new RandomElasticTransform().Call(images), images).Should().BeTrue();
        Same(new RandomElasticTransform(factor: 0).Call(images, training: true), images).Should().BeTrue();
        Same(new RandomElasticTransform(scale: 0).Call(images, training: true), images).Should().BeTrue();
    }

    [Test]
    public void As_many_images_are_bent_as_the_probability_says_each_in_its_own_way()
    {
        using var scope = torch.NewDisposeScope();
        var image = Sample(ScalarType.Float32, 1, 12, 12, 1).abs().clamp_(0, 1).mul(255).expand(Count, 12, 12, 1);
        var bent = new RandomElasticTransform([0.3, 0.3], [1, 1], seed: 5).Call(image, training: true);
        var sums = Enumerable.Range(0, Count).Where(i => !Same(bent[i], image[i])).Select(i => Math.Round(Number(bent[i].sum()), 2)).ToArray();
        sums.Length.Should().BeInRange(40, 80);
        sums.Distinct().Count().Should().BeGreaterThan(sums.Length - 3);
        // A single number is the upper end of a range that begins at 0.
        var half = new RandomElasticTransform(1, [1, 1], seed: 5).Call(image, training: true);
        Enumerable.Range(0, Count).Count(i => !Same(half[i], image[i])).Should().BeInRange(75, 125);
    }

    [Test]
    public void A_seed_repeats_and_layouts_agree()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 4, 20, 24, 3).abs().clamp_(0, 1).mul(255);
        Tensor Run(DataFormat format, Tensor input) => new RandomElasticTransform([1, 1], [0.5, 1], seed: 6, dataFormat: format).Call(input, training: true);
        var first = Run("channels_last", images);
        Same(Run("channels_last", images), first).Should().BeTrue();
        Same(first, images).Should().BeFalse();
        Close(Run("channels_first", images.permute(0, 3, 1, 2).contiguous()).permute(0, 2, 3, 1), first, 1e-2);
    }

    [Test]
    public void Results_are_cut_to_the_range_of_values_and_masks_are_not()
    {
        using var scope = torch.NewDisposeScope();
        var masks = torch.full([2, 8, 8, 1], 7, ScalarType.Int64);
        var bent = new RandomElasticTransform([1, 1], valueRange: [0, 1]).Apply(new ImageSamples(torch.full([2, 8, 8, 1], 3f), Masks: masks));
        Close(bent.Images, torch.ones(2, 8, 8, 1));
        Same(bent.Masks!, masks).Should().BeTrue();
    }
}
