using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Warps, resizing and colours against scipy, torch, torchvision and colorsys; the numbers come from augmentation_oracle.py.</summary>
public sealed class AugmentationOracleTests
{
    private const string File = "Layers/Augmentation/augmentation_oracle.json";

    private static IEnumerable<TestCaseData> Of(string kind) => JsonFixture.Cases(File, "title").Where(c => Text((JsonElement)c.Arguments[0]!, "kind") == kind);

    private static IEnumerable<TestCaseData> Colours() => JsonFixture.Cases(File, "title").Where(c => Text((JsonElement)c.Arguments[0]!, "kind") is not ("image" or "warp" or "resize" or "clahe" or "read" or "elastic"));

    [TestCaseSource(nameof(Of), new object[] { "warp" })]
    public void Warps_agree_with_scipy_on_both_ways_to_compute_them(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var m = JsonFixture.Numbers(json.GetProperty("matrix"));
        Homography[] sources = [new(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7]), Homography.Identity];
        var sampling = ImageSampling.Parse(Text(json, "interpolation"), Text(json, "mode"), json.GetProperty("fill").GetDouble());
        var image = Image().to(ScalarType.Float32);
        var batch = torch.stack([image, image], 0);
        var expected = JsonFixture.Doubles(json.GetProperty("expected"));

        var dense = batch.permute(0, 3, 1, 2);
        WarpKernel.Takes(dense).Should().BeTrue();
        var kernel = Warp.Apply(dense, sources, sampling).permute(0, 2, 3, 1);
        Close(kernel.select(0, 0), expected, 2e-2);
        Close(kernel.select(0, 1), image, 1e-4);

        var planes = dense.contiguous();
        WarpKernel.Takes(planes).Should().BeFalse();
        var torchs = Warp.Apply(planes, sources, sampling).permute(0, 2, 3, 1);
        Close(torchs.select(0, 0), expected, 2e-2);
        Close(torchs.select(0, 1), image, 2e-2);
    }

    [TestCaseSource(nameof(Of), new object[] { "resize" })]
    public void Resizing_agrees_with_torch(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var size = JsonFixture.Numbers(json.GetProperty("size"));
        var expected = JsonFixture.Doubles(json.GetProperty("expected"));
        var layer = new Resizing((int)size[0], (int)size[1], Text(json, "interpolation"), antialias: json.GetProperty("antialias").GetBoolean());
        Close(layer.Call(Image().to(ScalarType.Float32)), expected, 1e-2);
        var bytes = layer.Call(Image().to(ScalarType.Byte));
        bytes.dtype.Should().Be(ScalarType.Byte);
        Close(bytes, expected.clamp(0, 255), 0.51);
    }

    [TestCaseSource(nameof(Colours))]
    public void Colours_agree_with_the_reference(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var expected = JsonFixture.Doubles(json.GetProperty("expected"));
        var amount = json.GetProperty("amount").GetDouble();
        var image = Image().to(ScalarType.Float32);
        var native = image.permute(2, 0, 1).unsqueeze(0);
        var one = Floats([(float)amount], 1, 1, 1, 1);
        Tensor Back(Tensor images) => images.squeeze(0).permute(1, 2, 0);
        Numbers half = [amount / 2, amount / 2];
        Numbers threshold = [amount / 255, amount / 255];
        var actual = Text(json, "kind") switch
        {
            "hue" => Back(ColorSpace.TurnHue(native, one, (0, 255))),
            "saturation" => Back(ColorSpace.ScaleSaturation(native, one, (0, 255))),
            "gray" => Back(ColorSpace.Gray(native).expand(native.shape)),
            "sharpness" => new RandomSharpness(half).Call(image, training: true),
            "posterize" => new RandomPosterization([amount, amount]).Call(image, training: true),
            "solarize" => new Solarization(thresholdFactor: threshold).Call(image, training: true),
            "invert" => new RandomInvert([1, 1]).Call(image, training: true),
            "autocontrast" => new AutoContrast().Call(image),
            "blur" => new RandomGaussianBlur([1, 1], 5, [amount, amount]).Call(image, training: true),
            "equalize" => new Equalization().Call(image.div(2).floor().add(60), training: true),
            var kind => throw new InvalidOperationException(kind),
        };
        Close(actual, expected, Text(json, "kind") == "gray" ? 0.1 : 2e-2);
    }

    [TestCaseSource(nameof(Of), new object[] { "clahe" })]
    public void Tiles_are_equalized_as_the_formula_says(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var grid = JsonFixture.Numbers(json.GetProperty("grid"));
        var expected = JsonFixture.Doubles(json.GetProperty("expected"));
        Layer Make(Numbers? range = null, DataFormat format = default) =>
            new ContrastLimitedAdaptiveHistogramEqualization(range, json.GetProperty("limit").GetDouble(), ((int)grid[0], (int)grid[1]), format);
        // Anywhere within a bin is the same bin.
        var image = Image().add(0.25).to(ScalarType.Float32);
        Close(Make().Call(image), expected, 1e-3);
        Close(Make().Call(image.unsqueeze(0).repeat(2, 1, 1, 1), training: true)[1], expected, 1e-3);
        Close(Make(format: "channels_first").Call(image.permute(2, 0, 1).contiguous()).permute(1, 2, 0), expected, 1e-3);
        Close(Make([-1, 1]).Call(image.div(127.5).sub(1)).add(1).mul(127.5), expected, 1e-2);
    }

    [TestCaseSource(nameof(Of), new object[] { "read" })]
    public void Reading_anywhere_agrees_with_scipy(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var image = Image().to(ScalarType.Float32).permute(2, 0, 1).unsqueeze(0);
        var places = JsonFixture.Doubles(json.GetProperty("places")).permute(1, 2, 0).unsqueeze(0);
        var read = Warp.Read(image, places, ImageSampling.Parse(Text(json, "interpolation"), Text(json, "mode"), json.GetProperty("fill").GetDouble()));
        Close(read.squeeze(0).permute(1, 2, 0), JsonFixture.Doubles(json.GetProperty("expected")), 2e-2);
    }

    [TestCaseSource(nameof(Of), new object[] { "elastic" })]
    public void Elastic_images_agree_with_scipy_for_the_same_noise(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var repeats = JsonFixture.Extents(json.GetProperty("repeats"));
        var images = Image().repeat(repeats[0], repeats[1], 1).permute(2, 0, 1).unsqueeze(0).to(ScalarType.Float32);
        var noise = JsonFixture.Doubles(json.GetProperty("noise")).unsqueeze(0).to(ScalarType.Float32);
        var places = ElasticField.Places(noise, json.GetProperty("strength").GetDouble());
        var bent = new ElasticTransform([true], places, ImageSampling.Parse("bilinear", "reflect", 0), (0, 255)).Images(images);
        Close(bent.squeeze(0).permute(1, 2, 0), JsonFixture.Doubles(json.GetProperty("expected")), 2e-2);
    }

    private static Tensor Image() => JsonFixture.Doubles(((JsonElement)Of("image").Single().Arguments[0]!).GetProperty("expected"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
