using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>What image layers refuse, word for word, and what they accept.</summary>
public sealed class AugmentationInputTests
{
    private static IEnumerable<TestCaseData> Refusals()
    {
        Layer Named(Func<Layer> make) => make();
        yield return Case("factor", () => Named(() => new RandomRotation(1.5, name: "r")), "RandomRotation 'r': factor must be one number, or a range of two, from -1 to 1 but was 1.5. Write for example 0.2 or [0.1, 0.3].");
        yield return Case("three", () => new RandomHue([0.1, 0.2, 0.3], name: "h"), "RandomHue 'h': factor must be one number, or a range of two, from 0 to 1 but was [0.1, 0.2, 0.3].");
        yield return Case("zoom", () => new RandomZoom(-1, name: "z"), "RandomZoom 'z': heightFactor must be one number, or a range of two, from -0.999 to 1 but was -1.");
        yield return Case("range", () => new RandomContrast(0.1, [3, 3], name: "c"), "RandomContrast 'c': valueRange must be two different numbers, the least and the greatest value of a pixel, but was [3, 3].");
        yield return Case("mode", () => new RandomFlip("sideways"), "Unknown mode \"sideways\".");
        yield return Case("fill", () => new RandomShear(0.1, fillMode: "mirror"), "Unknown fillMode \"mirror\".");
        yield return Case("interpolation", () => new RandomTranslation(0.1, 0.1, interpolation: "cubic"), "Unknown interpolation \"cubic\".");
        yield return Case("resize word", () => new Resizing(2, 2, "lanczos"), "Unknown interpolation \"lanczos\".");
        yield return Case("Lanczos", () => new Resizing(2, 2, "lanczos3", name: "small"), "Resizing 'small': interpolation must be one that torch has but was \"lanczos3\". Use \"bicubic\"");
        yield return Case("size", () => new CenterCrop(0, 2, name: "c"), "CenterCrop 'c': height must be a positive number of pixels but was 0.");
        yield return Case("crop size", () => new RandomCrop(2, -1, name: "c"), "RandomCrop 'c': width must be a positive number of pixels but was -1.");
        yield return Case("aspects", () => new Resizing(2, 2, cropToAspectRatio: true, padToAspectRatio: true, name: "r"), "Resizing 'r': cropToAspectRatio must be false where padToAspectRatio is true but was True.");
        yield return Case("resize fill", () => new Resizing(2, 2, fillMode: "reflect", name: "r"), "Resizing 'r': fillMode must be \"constant\" but was \"reflect\".");
        yield return Case("kernel", () => new RandomGaussianBlur(kernelSize: 4, name: "b"), "RandomGaussianBlur 'b': kernelSize must be one odd positive number, or two (height, width) but was 4.");
        yield return Case("scale", () => new RandomPerspective(scale: 2, name: "p"), "RandomPerspective 'p': scale must be between 0 and 1 but was 2.");
        yield return Case("gray", () => new RandomGrayscale(-1, name: "g"), "RandomGrayscale 'g': factor must be between 0 and 1 but was -1.");
        yield return Case("bits", () => new RandomPosterization(2.5, name: "p"), "RandomPosterization 'p': factor must be whole numbers of bits but was 2.5.");
        yield return Case("bins", () => new Equalization(bins: 1, name: "e"), "Equalization 'e': bins must be at least 2 but was 1.");
        yield return Case("tiles", () => new ContrastLimitedAdaptiveHistogramEqualization(tileGridSize: (0, 8), name: "c"), "ContrastLimitedAdaptiveHistogramEqualization 'c': tileGridSize must be at least 1 in both directions but was (0, 8). 8 suits photos; 1 makes one histogram of the whole image.");
        yield return Case("alpha", () => new MixUp(0, name: "m"), "MixUp 'm': alpha must be a positive number but was 0.");
        yield return Case("ops", () => new RandAugment(numOps: -1, name: "r"), "RandAugment 'r': numOps must be 0 or more but was -1.");
        yield return Case("chains", () => new AugMix(numChains: 0, name: "a"), "AugMix 'a': numChains must be at least 1 but was 0.");
        yield return Case("depth", () => new AugMix(chainDepth: -1, name: "a"), "AugMix 'a': chainDepth must be 0 or more but was -1.");
        yield return Case("mixture", () => new AugMix(alpha: 0, name: "a"), "AugMix 'a': alpha must be a positive number but was 0.");
        yield return Case("strength", () => new AugMix(factor: 2, name: "a"), "AugMix 'a': factor must be one number, or a range of two, from 0 to 1 but was 2.");
        yield return Case("bend", () => new RandomElasticTransform(scale: 2, name: "e"), "RandomElasticTransform 'e': scale must be one number, or a range of two, from 0 to 1 but was 2.");
        yield return Case("rank", () => new RandomFlip(name: "f").ComputeOutputShape((5, 4)), "RandomFlip 'f' expects images as (batch, height, width, channels) or one image as (height, width, channels) but received (5, 4). Reshape the data, or give the other dataFormat.");
        yield return Case("pipeline", () => new Pipeline([new RandomFlip(name: "f")], name: "p").ComputeOutputShape((5, 4)), "Pipeline 'p': RandomFlip 'f' expects images as (batch, height, width, channels)");
        yield return Case("colour", () => new RandomHue(0.1, name: "h").ComputeOutputShape((1, 4, 4, 1)), "RandomHue 'h' expects images of 3 channels: red, green, blue but received (1, 4, 4, 1).");
        yield return Case("fill channels", () => new RandomErasing(fillValue: [1, 2], name: "e").ComputeOutputShape((1, 4, 4, 3)), "RandomErasing 'e' expects images of 2 channels, for fillValue [1, 2] but received (1, 4, 4, 3).");
        yield return Case("boxes", () => new RandomFlip(name: "f").Apply(new ImageSamples(torch.zeros(2, 4, 4, 3), Boxes: torch.zeros(2, 4))), "RandomFlip 'f' expects boxes of shape (2, boxes, 4) but received (2, 4) of Float32. One image carries its labels, boxes and masks without the batch axis, a batch carries them with it.");
        yield return Case("masks", () => new RandomFlip(name: "f").Apply(new ImageSamples(torch.zeros(4, 4, 3), Masks: torch.zeros(4, 3, 1))), "RandomFlip 'f' expects masks of shape (4, 4, channels) but received (4, 3, 1) of Float32.");
        yield return Case("labels", () => new RandomFlip(name: "f").Apply(new ImageSamples(torch.zeros(2, 4, 4, 3), torch.zeros(3, 1))), "RandomFlip 'f' expects labels of shape (2, classes) but received (3, 1) of Float32.");
        yield return Case("box labels", () => new RandomFlip(name: "f").Apply(new ImageSamples(torch.zeros(2, 4, 4, 3), BoxLabels: torch.zeros(2, 1))), "RandomFlip 'f' expects box labels, one per box, of shape (2, boxes) but received (2, 1) of Float32.");

        static TestCaseData Case(string name, Func<object> action, string message) => new TestCaseData(action, message).SetName($"{{m}}({name})");
    }

    [TestCaseSource(nameof(Refusals))]
    public void Refused(Func<object> action, string message) => action.Should().Throw<KerasException>().Which.Message.Should().StartWith(message);

    [Test]
    public void Bytes_become_floats_where_numbers_are_computed()
    {
        using var scope = torch.NewDisposeScope();
        var bytes = torch.full([2, 6, 6, 3], 100, ScalarType.Byte);
        foreach (var training in (bool[])[true, false])
        {
            new RandomRotation(0.1).Call(bytes, training).dtype.Should().Be(ScalarType.Float32);
            new RandomBrightness(0.1).Call(bytes, training).dtype.Should().Be(ScalarType.Float32);
            new AutoContrast().Call(bytes, training).dtype.Should().Be(ScalarType.Float32);
            new RandomCrop(3, 8).Call(bytes, training).dtype.Should().Be(ScalarType.Byte);
            new CenterCrop(3, 3).Call(bytes, training).dtype.Should().Be(ScalarType.Byte);
        }
    }

    [Test]
    public void A_model_augments_only_while_it_trains()
    {
        using var scope = torch.NewDisposeScope();
        Sequential model = [Input((8, 8, 3)), RandomFlip("horizontal"), RandomRotation(0.1), RandomContrast(0.3, [0, 1]), Resizing(4, 4), Flatten(), Dense(2)];
        model.Compile("sgd", "mse");
        var x = torch.rand(6, 8, 8, 3);
        Same(model.PredictOnBatch(x).Single, model.PredictOnBatch(x).Single).Should().BeTrue();
        model.Fit(x, torch.zeros(6, 2), epochs: 2, verbose: 0).Should().NotBeNull();
    }

    [Test]
    public void Results_lie_dense_in_channels_last_order()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(2, 8, 8, 3);
        foreach (var layer in (Layer[])[new RandomRotation(0.1), new RandomHue(0.4, [0, 1]), new RandomContrast(0.3, [0, 1]), new RandomFlip(), new RandomCrop(4, 4), new RandomGaussianBlur(), new RandAugment([0, 1]), new MixUp(), new Resizing(3, 3, "nearest"), new Resizing(3, 3, antialias: true), new RandomSharpness(0.4, [0, 1]), new ContrastLimitedAdaptiveHistogramEqualization([0, 1]), new AugMix([0, 1]), new RandomElasticTransform([1, 1], valueRange: [0, 1])])
        {
            layer.Call(images, training: true).is_contiguous().Should().BeTrue(layer.GetType().Name);
        }
    }

    [Test]
    public void Nothing_leaks_from_Apply()
    {
        using var outer = torch.NewDisposeScope();
        var samples = new ImageSamples(torch.rand(2, 8, 8, 3), torch.eye(2, 2, ScalarType.Float32), torch.zeros(2, 1, 4), torch.zeros([2, 1], ScalarType.Int64), torch.zeros(2, 8, 8, 1));
        var layer = new Pipeline([new RandomFlip(), new RandomPerspective(), new RandAugment([0, 1]), new AugMix([0, 1]), new RandomElasticTransform(valueRange: [0, 1]), new MixUp(), new Resizing(4, 4)]);
        Leaks.Count(() =>
        {
            using var scope = torch.NewDisposeScope();
            _ = layer.Apply(samples);
        }).Should().Be(0);
    }
}
