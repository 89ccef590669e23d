using System.Text.Json;
using DeepKeras.Vision;

namespace DeepKeras.Vision.Tests;

/// <summary>Held against what Pillow decodes from the same files (Golden, with the script).</summary>
[TestFixture]
public sealed class ImageFileTests
{
    private static readonly string s_folder = Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden");
    private static readonly Dictionary<string, JsonElement> s_expected = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Path.Combine(s_folder, "expected.json")))!;

    private static Dictionary<string, JsonElement>.KeyCollection Names() => s_expected.Keys;

    [TestCaseSource(nameof(Names))]
    public void Files_are_decoded_as_Pillow_decodes_them(string name)
    {
        using var image = ImageFile.Load(Path.Combine(s_folder, name));
        image.dtype.Should().Be(ScalarType.Byte);
        image.shape.Should().Equal(s_expected[name].GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()));
        Differences(image, "bytes", name).Should().BeLessThanOrEqualTo(Tolerance(name));
    }

    [TestCaseSource(nameof(Names))]
    public void Colour_becomes_grey_as_in_Pillow(string name)
    {
        using var image = ImageFile.Load(Path.Combine(s_folder, name), channels: 1);
        image.shape[2].Should().Be(1);
        Differences(image, "gray", name).Should().BeLessThanOrEqualTo(Tolerance(name));
    }

    [Test]
    public void Channels_can_be_chosen()
    {
        using var gray = ImageFile.Load(Path.Combine(s_folder, "gray.png"));
        using var colour = ImageFile.Load(Path.Combine(s_folder, "gray.png"), channels: 3);
        colour.shape.Should().Equal(13, 21, 3);
        for (var channel = 0; channel < 3; channel++) Numbers(colour.select(2, channel)).Should().Equal(Numbers(gray));
        using var alpha = ImageFile.Load(Path.Combine(s_folder, "rgb.png"), channels: 4);
        Numbers(alpha.select(2, 3)).Should().OnlyContain(v => v == 255);
        using var plain = ImageFile.Load(Path.Combine(s_folder, "rgba.png"), channels: 3);
        using var rgb = ImageFile.Load(Path.Combine(s_folder, "rgb.png"));
        Numbers(plain).Should().Equal(Numbers(rgb), "the alpha channel is dropped");
        FluentActions.Invoking(() => ImageFile.Load(Path.Combine(s_folder, "rgb.png"), channels: 2)).Should().Throw<KerasException>().WithMessage("channels must be 1*but was 2*");
    }

    [Test]
    public void Streams_and_bytes_are_read_like_files()
    {
        var path = Path.Combine(s_folder, "rgb420.jpg");
        using var fromFile = ImageFile.Load(path);
        using var stream = File.OpenRead(path);
        using var fromStream = ImageFile.Load(stream);
        using var fromBytes = ImageFile.Load(File.ReadAllBytes(path));
        Numbers(fromStream).Should().Equal(Numbers(fromFile));
        Numbers(fromBytes).Should().Equal(Numbers(fromFile));
    }

    [TestCase("rgb.png")]
    [TestCase("gray.png")]
    [TestCase("rgba.png")]
    public void A_saved_png_holds_the_same_bytes(string name)
    {
        using var folder = new TemporaryFolder();
        using var image = ImageFile.Load(Path.Combine(s_folder, name));
        ImageFile.Save(folder.File("out.png"), image);
        using var again = ImageFile.Load(folder.File("out.png"));
        again.shape.Should().Equal(image.shape);
        Numbers(again).Should().Equal(Numbers(image));
    }

    [Test]
    public void Views_and_planes_can_be_saved()
    {
        using var folder = new TemporaryFolder();
        using var image = ImageFile.Load(Path.Combine(s_folder, "rgb.png"));
        var plane = image.select(2, 1).transpose(0, 1);
        ImageFile.Save(folder.File("plane.PNG"), plane);
        using var again = ImageFile.Load(folder.File("plane.PNG"));
        again.shape.Should().Equal(21, 13, 1);
        Numbers(again).Should().Equal(Numbers(plane.contiguous()));
    }

    [TestCase("rgb.png", 95, 3.0)]
    [TestCase("rgb.png", 60, 60.0)]
    [TestCase("gray.png", 90, 3.0)]
    public void A_saved_jpeg_is_close(string name, int quality, double meanError)
    {
        using var folder = new TemporaryFolder();
        using var image = ImageFile.Load(Path.Combine(s_folder, name));
        ImageFile.Save(folder.File("out.jpg"), image, quality);
        using var again = ImageFile.Load(folder.File("out.jpg"));
        again.shape.Should().Equal(image.shape);
        Numbers(again).Zip(Numbers(image), (a, b) => Math.Abs(a - b)).Average().Should().BeInRange(0.01, meanError);
    }

    [TestCase("rgb.png", "PNG")]
    [TestCase("rgb420.jpg", "JPEG")]
    [TestCase("progressive.jpg", "JPEG")]
    public void A_cut_file_is_refused(string name, string format)
    {
        using var folder = new TemporaryFolder();
        var data = File.ReadAllBytes(Path.Combine(s_folder, name));
        foreach (var length in new[] { 20, data.Length / 2, data.Length - 20 })
        {
            var path = folder.File($"cut{length}");
            File.WriteAllBytes(path, data[..length]);
            FluentActions.Invoking(() => ImageFile.Load(path)).Should().Throw<KerasException>().WithMessage($"{path} is a damaged {format} file: ?*. Get a whole copy of it.");
        }
    }

    [Test]
    public void A_png_with_a_flipped_bit_is_refused()
    {
        var data = File.ReadAllBytes(Path.Combine(s_folder, "rgb.png"));
        data[data.Length / 2] ^= 0x10;
        FluentActions.Invoking(() => ImageFile.Load(data)).Should().Throw<KerasException>().WithMessage("The data is a damaged PNG file*");
    }

    [Test]
    public void What_is_no_image_is_named_wherever_it_comes_from()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => ImageFile.Load([])).Should().Throw<KerasException>().WithMessage("The data is neither a PNG nor a JPEG file: it is empty (0 bytes)*");
        File.WriteAllText(folder.File("x.jpg"), "GIF89a...");
        FluentActions.Invoking(() => ImageFile.Load(folder.File("x.jpg"))).Should().Throw<KerasException>().WithMessage("*x.jpg is neither a PNG nor a JPEG file: it is a GIF picture*");
        using var stream = File.OpenRead(folder.File("x.jpg"));
        FluentActions.Invoking(() => ImageFile.Load(stream)).Should().Throw<KerasException>().WithMessage("*x.jpg is neither*");
    }

    [Test]
    public void What_cannot_be_saved_is_named()
    {
        using var folder = new TemporaryFolder();
        var bytes = torch.zeros([4, 4, 3], ScalarType.Byte);
        FluentActions.Invoking(() => ImageFile.Save(folder.File("x.gif"), bytes)).Should().Throw<KerasException>().WithMessage("*does not say in which format to save*");
        FluentActions.Invoking(() => ImageFile.Save(folder.File("x.png"), torch.zeros([4, 4, 3]))).Should().Throw<KerasException>().WithMessage("*must hold bytes*but received Float32*");
        FluentActions.Invoking(() => ImageFile.Save(folder.File("x.png"), torch.zeros([2, 4, 4, 3], ScalarType.Byte))).Should().Throw<KerasException>().WithMessage("*but received (2, 4, 4, 3)*images?0?*");
        FluentActions.Invoking(() => ImageFile.Save(folder.File("x.jpg"), torch.zeros([4, 4, 4], ScalarType.Byte))).Should().Throw<KerasException>().WithMessage("*JPEG has no alpha*");
        FluentActions.Invoking(() => ImageFile.Save(folder.File("x.jpg"), bytes, 0)).Should().Throw<KerasException>().WithMessage("quality must be between 1 and 100 but was 0*");
        FluentActions.Invoking(() => ImageFile.Save(folder.File("no/x.png"), bytes)).Should().Throw<KerasException>().WithMessage("The file *no/x.png could not be written: its folder does not exist. Make the folder first*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    private static double Differences(Tensor image, string key, string name)
    {
        var expected = Convert.FromHexString(s_expected[name].GetProperty(key).GetString()!);
        return Numbers(image).Zip(expected, (a, b) => Math.Abs(a - b)).Max();
    }

    // Conversions of CMYK, and of colour that was rounded before, may differ by rounding.
    private static double Tolerance(string name) => name == "cmyk.jpg" ? 1 : SixteenBits.Tolerance(File.ReadAllBytes(Path.Combine(s_folder, name)));
}
