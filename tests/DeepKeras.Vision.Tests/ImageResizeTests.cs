using System.IO.Compression;
using System.Text.Json;
using DeepKeras.Vision;
using DeepKeras.Vision.Resampling;

namespace DeepKeras.Vision.Tests;

/// <summary>Held against PyTorch's <c>interpolate</c> (Golden/resize.json, with the script).</summary>
[TestFixture]
public sealed class ImageResizeTests
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "resize.json"))).RootElement;

    private static IEnumerable<TestCaseData> Cases() => s_golden.GetProperty("random").EnumerateArray().Select(c => new TestCaseData(c).SetArgDisplayNames(
        $"{c.GetProperty("shape")} to {c.GetProperty("size")} {Name(c)}"));

    [TestCaseSource(nameof(Cases))]
    public void Bytes_are_PyTorchs_numbers_rounded(JsonElement golden)
    {
        using var scope = torch.NewDisposeScope();
        var resized = Resize(Image(golden), golden);
        resized.dtype.Should().Be(ScalarType.Byte);
        Furthest(resized, golden).Should().BeLessThan(0.53, "half a level of rounding, and a little for the tables");
    }

    [TestCaseSource(nameof(Cases))]
    public void Floats_are_PyTorchs_numbers_on_both_paths(JsonElement golden)
    {
        using var scope = torch.NewDisposeScope();
        var image = Image(golden).to_type(ScalarType.Float32);
        Furthest(Resize(image, golden), golden, clamp: false).Should().BeLessThan(2e-3);
        Furthest(Resize(image.to_type(ScalarType.Float64), golden), golden, clamp: false).Should().BeLessThan(2e-3);
        Furthest(Resize(image.clone().requires_grad_(true), golden), golden, clamp: false).Should().BeLessThan(2e-3);
    }

    [Test]
    public void Real_photos_are_resized_as_by_PyTorch()
    {
        using var archive = ZipFile.OpenRead(SharedData.Find("data/kangaroo.zip"));
        foreach (var golden in s_golden.GetProperty("photos").EnumerateArray())
        {
            using var scope = torch.NewDisposeScope();
            using var stream = archive.GetEntry(golden.GetProperty("name").GetString()!)!.Open();
            Furthest(Resize(ImageFile.Load(stream), golden), golden).Should().BeLessThan(0.53, Name(golden));
        }
    }

    [Test]
    public void Each_picture_of_a_batch_is_resized_like_a_single_one()
    {
        using var scope = torch.NewDisposeScope();
        var batch = torch.randint(0, 256, [3, 11, 14, 3], ScalarType.Byte);
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Float32 })
        {
            var images = batch.to_type(type);
            var resized = ImageResize.To(images, (6, 20), "bicubic", antialias: true);
            resized.shape.Should().Equal(3, 6, 20, 3);
            for (var i = 0; i < 3; i++) Equal(resized[i], ImageResize.To(images[i], (6, 20), "bicubic", antialias: true));
        }
    }

    [Test]
    public void Views_are_resized_like_copies()
    {
        using var scope = torch.NewDisposeScope();
        var planes = torch.randint(0, 256, [3, 20, 30], ScalarType.Byte);
        var view = planes.permute(1, 2, 0);
        Equal(ImageResize.To(view, 12), ImageResize.To(view.contiguous(), 12));
        ImageResize.To(view, 12).is_contiguous().Should().BeTrue();
    }

    [TestCase("nearest")]
    [TestCase("bilinear")]
    [TestCase("bicubic")]
    [TestCase("area")]
    public void A_picture_of_the_right_size_stays_and_is_a_copy(string interpolation)
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.randint(0, 256, [8, 9, 3], ScalarType.Byte);
        var same = ImageResize.To(image, (8, 9), interpolation, antialias: true);
        Equal(same, image);
        same.fill_(0);
        Numbers(image).Should().Contain(v => v > 0);
    }

    [Test]
    public void Long_rows_and_extreme_values_do_not_overflow([Values("bilinear", "bicubic", "area")] string interpolation, [Values(1, 3, 4)] int channels)
    {
        using var scope = torch.NewDisposeScope();
        var white = torch.full([300, 500, channels], 255, ScalarType.Byte);
        Numbers(ImageResize.To(white, (7, 9), interpolation, antialias: true)).Should().OnlyContain(v => v == 255);
        var edge = white.clone();
        edge.narrow(1, 0, 250).fill_(0);
        Numbers(ImageResize.To(edge, (11, 700), interpolation)).Min().Should().Be(0, "what bicubic undershoots is cut off");
        Numbers(ImageResize.To(edge, (11, 700), interpolation)).Max().Should().Be(255);
    }

    [TestCase(340, 500, 200, 200, 0, 80, 340, 340, TestName = "The_crop_of_Keras's_documentation")]
    [TestCase(500, 340, 200, 200, 80, 0, 340, 340)]
    [TestCase(333, 501, 100, 150, 0, 1, 333, 499)]
    [TestCase(10, 10, 3, 7, 3, 0, 4, 10)]
    [TestCase(1, 50, 50, 1, 0, 24, 1, 1)]
    public void Crops_are_rounded_as_in_Keras(int height, int width, int toHeight, int toWidth, int top, int left, int cropHeight, int cropWidth) =>
        AspectWindow.Crop(height, width, toHeight, toWidth).Should().Be(new AspectWindow(top, left, cropHeight, cropWidth));

    [TestCase(340, 500, 200, 200, -80, 0, 500, 500)]
    [TestCase(333, 501, 100, 150, 0, 0, 333, 501)]
    [TestCase(5, 10, 7, 7, -2, 0, 9, 10, TestName = "Five_rows_of_border_are_two_above_and_two_below")]
    [TestCase(10, 3, 4, 4, 0, -3, 10, 9)]
    public void Borders_are_rounded_as_in_Keras(int height, int width, int toHeight, int toWidth, int top, int left, int paddedHeight, int paddedWidth) =>
        AspectWindow.Pad(height, width, toHeight, toWidth).Should().Be(new AspectWindow(top, left, paddedHeight, paddedWidth));

    [Test]
    public void Crop_takes_the_middle_and_pad_keeps_all()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.zeros([4, 8, 1], ScalarType.Byte);
        image.narrow(1, 2, 4).fill_(200);
        Numbers(ImageResize.To(image, (2, 2), cropToAspectRatio: true)).Should().OnlyContain(v => v == 200);
        var padded = ImageResize.To(image, (8, 8), "nearest", padToAspectRatio: true, fillValue: 9);
        Numbers(padded.narrow(0, 0, 2)).Should().OnlyContain(v => v == 9);
        Numbers(padded.narrow(0, 6, 2)).Should().OnlyContain(v => v == 9);
        Equal(padded.narrow(0, 2, 4), image);
        Numbers(ImageResize.To(image.to_type(ScalarType.Float32), (8, 8), "nearest", padToAspectRatio: true, fillValue: -1).narrow(0, 0, 2)).Should().OnlyContain(v => v == -1);
    }

    [Test]
    public void Gradients_pass_through()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.rand(6, 8, 3).requires_grad_(true);
        ImageResize.To(image, (3, 4), "area").sum().backward();
        Numbers(image.grad!).Should().OnlyContain(v => Math.Abs(v - 0.25) < 1e-6, "each pixel is a quarter of one mean");
    }

    [Test]
    public void What_cannot_be_resized_is_named()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.zeros([4, 4, 3], ScalarType.Byte);
        Refused(() => ImageResize.To(torch.zeros([4, 4], ScalarType.Byte), 2), "*but received (4, 4). Give a grey picture its channel*");
        Refused(() => ImageResize.To(torch.zeros([0, 4, 4, 3], ScalarType.Byte), 2), "*at least one pixel, but received (0, 4, 4, 3)*");
        Refused(() => ImageResize.To(torch.zeros([4, 4, 3], ScalarType.Int32), 2), "*must be uint8 or floating point but received Int32*");
        Refused(() => ImageResize.To(image, (0, 2)), "The image size must be between (1, 1)*but was (0, 2)*");
        Refused(() => ImageResize.To(image, 2, "bilinar"), "There is no interpolation \"bilinar\". It must be one of: \"nearest\", \"bilinear\"*");
        Refused(() => ImageResize.To(image, 2, cropToAspectRatio: true, padToAspectRatio: true), "cropToAspectRatio and padToAspectRatio were both asked for*");
        Refused(() => ImageResize.To(image, 2, padToAspectRatio: true, fillValue: 256), "*fillValue of bytes must be between 0 and 255 but was 256*");
    }

    private static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);

    private static void Equal(Tensor actual, Tensor expected) => actual.Equals(expected).Should().BeTrue();

    private static string Name(JsonElement golden) => golden.GetProperty("method").GetString() + (golden.GetProperty("antialias").GetBoolean() ? " antialias" : "");

    private static Tensor Image(JsonElement golden)
    {
        var image = torch.empty([.. golden.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())], ScalarType.Byte);
        image.bytes = golden.GetProperty("data").GetBytesFromBase64();
        return image;
    }

    private static Tensor Resize(Tensor image, JsonElement golden)
    {
        var size = golden.GetProperty("size");
        return ImageResize.To(image, (size[0].GetInt32(), size[1].GetInt32()), golden.GetProperty("method").GetString()!, golden.GetProperty("antialias").GetBoolean());
    }

    private static double Furthest(Tensor image, JsonElement golden, bool clamp = true)
    {
        var expected = new float[image.numel()];
        Buffer.BlockCopy(golden.GetProperty("expected").GetBytesFromBase64(), 0, expected, 0, expected.Length * 4);
        return Numbers(image).Zip(expected, (a, b) => Math.Abs(a - (clamp ? Math.Clamp(b, 0, 255) : b))).Max();
    }
}
