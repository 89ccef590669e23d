using DeepKeras.Data;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>What is drawn: its range, its directions, an own draw per image, the same for the same seed.</summary>
public sealed class AugmentationDrawTests
{
    private const int Count = 400;

    [Test]
    public void Flips_take_place_for_half_of_the_images_in_either_direction()
    {
        using var scope = torch.NewDisposeScope();
        var bytes = Integers([1, 2, 3, 4], 1, 2, 2, 1).to(ScalarType.Byte).expand(Count, 2, 2, 1).contiguous();
        var flipped = new RandomFlip(seed: 4).Call(bytes, training: true);
        flipped.dtype.Should().Be(ScalarType.Byte);
        var kinds = Enumerable.Range(0, Count).GroupBy(i => string.Join(",", Numbers(flipped[i]))).ToDictionary(g => g.Key, g => g.Count());
        kinds.Keys.Should().BeEquivalentTo("1,2,3,4", "2,1,4,3", "3,4,1,2", "4,3,2,1");
        kinds.Values.Should().OnlyContain(n => n > Count / 7 && n < Count / 3);
        Numbers(new RandomFlip("horizontal", seed: 4).Call(bytes, training: true).select(1, 0)).Distinct().Should().BeEquivalentTo([1.0, 2.0]);
    }

    [Test]
    public void Positive_shifts_lead_down_and_right_and_positive_angles_counter_clockwise()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.zeros(5, 5, 1);
        _ = image[1, 2].fill_(1);
        var shifted = new RandomTranslation([0.4, 0.4], [0.2, 0.2], "constant").Call(image, training: true);
        Number(shifted[3, 3]).Should().BeApproximately(1, 1e-5);
        var turned = new RandomRotation([0.25, 0.25], "constant").Call(image, training: true);
        Number(turned[2, 1]).Should().BeApproximately(1, 1e-5);
        var zoomed = new RandomZoom([-0.5, -0.5], fillMode: "constant").Call(image, training: true);
        Number(zoomed[0, 2]).Should().BeApproximately(1, 1e-5, "half of the height fills the image");
    }

    [Test]
    public void Every_image_has_a_draw_of_its_own_from_the_whole_range()
    {
        using var scope = torch.NewDisposeScope();
        var gray = torch.full([Count, 2, 2, 3], 100f);
        var shifts = Numbers(new RandomBrightness([-0.1, 0.3]).Call(gray, training: true).select(1, 0).select(1, 0).select(1, 0)).Select(v => (v - 100) / 255).ToArray();
        shifts.Should().OnlyContain(s => s >= -0.1001 && s <= 0.3001);
        (shifts.Min(), shifts.Max()).Should().Match<(double, double)>(r => r.Item1 < -0.08 && r.Item2 > 0.28);
        shifts.Average().Should().BeApproximately(0.1, 0.02);
        shifts.Distinct().Count().Should().BeGreaterThan(Count / 2);
    }

    [Test]
    public void Contrast_keeps_the_mean_and_scales_what_differs_from_it()
    {
        using var scope = torch.NewDisposeScope();
        var image = Floats([90, 100, 110, 120], 1, 2, 2, 1).expand(Count, 2, 2, 1);
        var changed = new RandomContrast([0.2, 0.5], seed: 1).Call(image, training: true).reshape(Count, 4);
        Close(changed.mean([1]), torch.full([Count], 105f), 1e-3);
        var factors = Numbers(changed.select(1, 3).sub(105).div(15));
        factors.Should().OnlyContain(f => f > 0.799 && f < 1.501);
        (factors.Min(), factors.Max()).Should().Match<(double, double)>(r => r.Item1 < 0.83 && r.Item2 > 1.45);
    }

    [Test]
    public void Crops_reach_every_place()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.arange(0, 20, 1, ScalarType.Byte).reshape(1, 4, 5, 1).expand(Count, 4, 5, 1);
        var cropped = new RandomCrop(2, 3, seed: 2).Call(image, training: true);
        cropped.dtype.Should().Be(ScalarType.Byte);
        Numbers(cropped.select(1, 0).select(1, 0)).Distinct().Should().BeEquivalentTo([0.0, 1, 2, 5, 6, 7, 10, 11, 12]);
    }

    [Test]
    public void Erased_rectangles_have_the_size_that_was_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        var erased = new RandomErasing([1, 1], [0.04, 0.25], fillValue: [10, 20, 30]).Call(torch.zeros(Count, 40, 60, 3), training: true);
        var rows = Numbers(erased.amax([2, 3]).gt(0).sum(1));
        var columns = Numbers(erased.amax([1, 3]).gt(0).sum(1));
        rows.Should().OnlyContain(r => r >= 7 && r <= 21);
        columns.Should().OnlyContain(c => c >= 11 && c <= 31);
        (rows.Min(), rows.Max(), columns.Min(), columns.Max()).Should().Match<(double, double, double, double)>(r => r.Item1 < 10 && r.Item2 > 18 && r.Item3 < 15 && r.Item4 > 27);
        Numbers(erased.amax([0, 1, 2])).Should().Equal(10, 20, 30);
        var noise = new RandomErasing([1, 1], [1, 1]).Call(torch.zeros(1, 40, 60, 3), training: true);
        noise.min().item<float>().Should().Be(0);
        Number(noise.eq(0).to(ScalarType.Float32).mean()).Should().BeApproximately(0.5, 0.05, "noise below 0 is cut");
    }

    [Test]
    public void RandAugment_gives_every_image_its_own_choice()
    {
        using var scope = torch.NewDisposeScope();
        var image = Sample(ScalarType.Float32, 1, 12, 12, 3).abs().mul(255).expand(60, 12, 12, 3);
        var changed = new RandAugment(seed: 8).Call(image, training: true);
        changed.shape.Should().Equal(60, 12, 12, 3);
        Enumerable.Range(0, 60).Select(i => Math.Round(Number(changed[i].sum()), 1)).Distinct().Count().Should().BeGreaterThan(30);
        changed.min().item<float>().Should().BeGreaterThanOrEqualTo(0);
        changed.max().item<float>().Should().BeLessThanOrEqualTo(255.01f);
    }

    [Test]
    public void A_seed_repeats_and_layouts_agree()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 4, 9, 11, 3).abs().mul(255);
        Tensor Run(DataFormat format, Tensor input) => new RandAugment(numOps: 3, seed: 6, dataFormat: format).Call(input, training: true);
        var first = Run("channels_last", images);
        Same(Run("channels_last", images), first).Should().BeTrue();
        Close(Run("channels_first", images.permute(0, 3, 1, 2).contiguous()).permute(0, 2, 3, 1), first, 0.05);
        Close(new RandomRotation(0.3, seed: 2).Call(images[0], training: true), new RandomRotation(0.3, seed: 2).Call(images.narrow(0, 0, 1), training: true)[0]);
    }

    [Test]
    public void Data_sets_are_augmented_the_same_with_any_number_of_workers()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 24, 8, 8, 3).abs().mul(255).to(ScalarType.Byte);
        var labels = torch.eye(24, 24, ScalarType.Float32);
        double[][] Pass(int workers)
        {
            Keras.SetRandomSeed(3);
            var data = Dataset.FromTensors(images, labels).Batch(6).Augment(new Pipeline([new RandomFlip("horizontal"), new RandomRotation(0.2, seed: 5), new MixUp(0.4)]), workers);
            return [.. data.Elements().SelectMany(b => new[] { Numbers(b.Inputs[0]), Numbers(b.Targets[0]) })];
        }
        var alone = Pass(0);
        alone.Length.Should().Be(8);
        alone[1].Should().Contain(v => v > 0 && v < 1, "labels are mixed too");
        Pass(3).Should().BeEquivalentTo(alone, o => o.WithStrictOrdering());
        var flipped = Dataset.FromTensors(images, labels).Batch(6).Augment(new RandomFlip()).Elements().First();
        flipped.Inputs[0].dtype.Should().Be(ScalarType.Byte);
        flipped.Targets[0].shape.Should().Equal(6, 24);
    }
}
