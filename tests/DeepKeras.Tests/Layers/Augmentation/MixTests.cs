using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

public sealed class MixTests
{
    private const int Count = 60;

    // Image i is i everywhere, and its label is class i: the label says which images an image was made of.
    private static ImageSamples Numbered() => new(
        torch.arange(0, Count, 1, ScalarType.Float32).reshape(Count, 1, 1, 1).expand(Count, 20, 30, 3).contiguous(),
        torch.eye(Count, Count, ScalarType.Float32));

    [Test]
    public void MixUp_mixes_labels_as_it_mixes_images()
    {
        using var scope = torch.NewDisposeScope();
        var mixed = new MixUp(alpha: 0.4, seed: 3).Apply(Numbered());
        Close(mixed.Labels!.sum(1), torch.ones(Count));
        var numbers = torch.arange(0, Count, 1, ScalarType.Float32);
        Close(mixed.Labels.matmul(numbers), mixed.Images.mean([1, 2, 3]), 1e-3);
        // A Beta(0.4, 0.4) number is the same thing as often near 0 as near 1, and its variance is 1 / (4 · (2 α + 1)).
        var shares = Numbers(mixed.Labels.diagonal());
        shares.Average().Should().BeApproximately(0.5, 0.15);
        (shares.Sum(s => (s - 0.5) * (s - 0.5)) / Count).Should().BeApproximately(1 / 7.2, 0.04);
    }

    [Test]
    public void CutMix_mixes_labels_by_area()
    {
        using var scope = torch.NewDisposeScope();
        var mixed = new CutMix(seed: 5).Apply(Numbered());
        Close(mixed.Labels!.sum(1), torch.ones(Count));
        Close(mixed.Labels.matmul(torch.arange(0, Count, 1, ScalarType.Float32)), mixed.Images.mean([1, 2, 3]), 1e-3);
        mixed.Images.sub(mixed.Images.floor()).abs().sum().item<float>().Should().Be(0, "pixels are taken, not mixed");
        Numbers(mixed.Labels.diagonal()).Count(s => s is > 0.05 and < 0.95).Should().BeGreaterThan(Count / 4);
    }

    [Test]
    public void MixUp_keeps_the_boxes_of_both_images()
    {
        using var scope = torch.NewDisposeScope();
        var boxes = Floats([0, 0, 1, 1, 0, 0, 2, 2], 2, 1, 4);
        var mixed = new MixUp(seed: 1).Apply(new ImageSamples(torch.zeros(2, 4, 4, 1), Boxes: boxes, BoxLabels: Integers([1, 2], 2, 1)));
        mixed.Boxes!.shape.Should().Equal(2, 2, 4);
        for (var i = 0; i < 2; i++)
        {
            Close(mixed.Boxes[i, 0], boxes[i, 0]);
            Close(mixed.BoxLabels![i].to(ScalarType.Float32), mixed.Boxes[i].select(1, 2));
        }
    }

    [TestCase(0.05)]
    [TestCase(0.2)]
    [TestCase(1.0)]
    [TestCase(3.0)]
    public void Beta_numbers_have_their_mean_and_variance(double alpha)
    {
        var random = new KeyedRandom(17);
        var draws = Enumerable.Range(0, 20_000).Select(_ => random.Beta(alpha)).ToArray();
        draws.Should().OnlyContain(b => b >= 0 && b <= 1);
        draws.Average().Should().BeApproximately(0.5, 0.02);
        draws.Average(b => (b - 0.5) * (b - 0.5)).Should().BeApproximately(1 / (4 * ((2 * alpha) + 1)), 0.01);
    }

    [TestCase(0.05, 3)]
    [TestCase(1.0, 4)]
    [TestCase(2.5, 2)]
    [TestCase(1.0, 1)]
    public void Dirichlet_shares_sum_to_one_and_have_their_mean_and_variance(double alpha, int count)
    {
        var random = new KeyedRandom(18);
        var draws = Enumerable.Range(0, 20_000).Select(_ => random.Dirichlet(alpha, count)).ToArray();
        draws.Should().OnlyContain(d => d.Length == count && Math.Abs(d.Sum() - 1) < 1e-12);
        var mean = 1.0 / count;
        for (var i = 0; i < count; i++)
        {
            draws.Average(d => d[i]).Should().BeApproximately(mean, 0.02);
            draws.Average(d => (d[i] - mean) * (d[i] - mean)).Should().BeApproximately(mean * (1 - mean) / ((count * alpha) + 1), 0.01);
        }
    }

    [Test]
    public void What_cannot_be_mixed_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.zeros(2, 4, 4, 1);
        Refused(() => new MixUp(name: "m").Apply(new ImageSamples(images, Integers([1, 2], 2))), "MixUp 'm' expects labels as shares of the classes, in floating point, but received (2,) of Int64. Turn class numbers into one-hot rows first: Keras.ToCategorical(labels, classes).");
        Refused(() => new CutMix(name: "c").Apply(new ImageSamples(images, Masks: torch.zeros([2, 4, 4, 1], ScalarType.Int64))), "CutMix 'c' expects masks in floating point, so that they can be mixed as the images are, but received (2, 4, 4, 1) of Int64.");
        Refused(() => new AugMix(allOps: false, name: "a").Apply(new ImageSamples(images, Masks: torch.zeros([2, 4, 4, 1], ScalarType.Int64))), "AugMix 'a' expects masks in floating point, so that they can be mixed as the images are, but received (2, 4, 4, 1) of Int64. Give one channel per class, one-hot, instead of class numbers.");
        Refused(() => new CutMix(name: "c").Apply(new ImageSamples(images, Boxes: torch.zeros(2, 1, 4))), "CutMix 'c' expects samples without boxes but received boxes.");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<KerasException>().Which.Message.Should().StartWith(message);
}
