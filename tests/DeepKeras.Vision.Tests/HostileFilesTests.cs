using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using DeepKeras.Vision;

namespace DeepKeras.Vision.Tests;

/// <summary>Cut, changed, lying and wrong files: an image or a clear error, never a crash, a hang or gigabytes of memory.</summary>
[TestFixture]
public sealed class HostileFilesTests
{
    private static readonly string s_folder = Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden");

    private static readonly string[] s_small = ["rgb-adam716.png", "palette-alpha.png", "orientation8.png", "progressive2.jpg", "orientation6-big.jpg", "ycck.jpg", "progressive-gray.jpg"];

    [TestCaseSource(nameof(s_small))]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        var data = ImageFileKindsTests.Data(name);
        for (var length = 0; length < data.Length; length++)
        {
            var cut = data[..length];
            FluentActions.Invoking(() => ImageFile.Load(cut).Dispose()).Should().Throw<KerasException>($"{length} of {data.Length} bytes are no whole file").WithMessage("The data is *");
        }
    }

    [TestCaseSource(nameof(s_small))]
    public void A_file_with_changed_bytes_gives_an_image_or_an_error(string name)
    {
        var data = ImageFileKindsTests.Data(name);
        var random = new Random(5);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 700; i++)
        {
            var changed = (byte[])data.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--) changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                using var image = ImageFile.Load(changed);
                image.ndim.Should().Be(3);
                read++;
            }
            catch (KerasException error)
            {
                error.Message.Should().StartWith("The data ");
                refused++;
            }
        }
        (read + refused).Should().Be(700);
        refused.Should().BePositive();
    }

    [TestCase(100_000, 100_000)]
    [TestCase(1, 300_000_000)]
    [TestCase(int.MaxValue, int.MaxValue)]
    public void A_small_png_that_announces_a_huge_picture_is_refused_before_memory_is_taken(int height, int width)
    {
        using var folder = new TemporaryFolder();
        var data = Resized(File.ReadAllBytes(Path.Combine(s_folder, "rgb.png")), height, width);
        File.WriteAllBytes(folder.File("bomb.png"), data);
        Refused(() => ImageFile.Load(folder.File("bomb.png")), $"{folder.File("bomb.png")} says that it has {height} × {width} pixels, but at most 268435456 pixels are read*set ImageFile.MaxPixels higher.");
    }

    [Test]
    public void A_small_file_that_announces_more_than_its_bytes_can_hold_is_refused_before_memory_is_taken()
    {
        var png = Resized(File.ReadAllBytes(Path.Combine(s_folder, "rgb.png")), 16_000, 16_000);
        var jpeg = JpegResized(File.ReadAllBytes(Path.Combine(s_folder, "rgb420.jpg")), 16_000, 16_000);
        var before = Environment.WorkingSet;
        var clock = Stopwatch.StartNew();
        Refused(() => ImageFile.Load(png), "The data is a damaged PNG file: its * bytes of pixel data cannot hold 16000 × 16000 pixels.*");
        Refused(() => ImageFile.Load(jpeg), "The data is a damaged JPEG file: its * bytes cannot hold 16000 × 16000 pixels.*");
        Refused(() => ImageFile.Load(JpegResized(jpeg, 65_000, 65_000)), "The data says that it has 65000 × 65000 pixels*");
        clock.ElapsedMilliseconds.Should().BeLessThan(2000);
        (Environment.WorkingSet - before).Should().BeLessThan(200L << 20);
    }

    [Test]
    [NonParallelizable]
    public void The_limit_can_be_set()
    {
        var path = Path.Combine(s_folder, "rgb.png");
        try
        {
            ImageFile.MaxPixels = (13 * 21) - 1;
            Refused(() => ImageFile.Load(path), "*says that it has 13 × 21 pixels, but at most 272 pixels are read*");
            ImageFile.MaxPixels = 13 * 21;
            ImageFile.Load(path).Dispose();
        }
        finally
        {
            ImageFile.MaxPixels = 1 << 28;
        }
        Refused(() => ImageFile.MaxPixels = 0, "ImageFile.MaxPixels must be between 1 and 536870911 but was 0. 268435456 is the default.");
        Refused(() => ImageFile.MaxPixels = 1L << 30, "*but was 1073741824*");
    }

    [TestCase("", "is empty (0 bytes)")]
    [TestCase("GIF89a....", "is a GIF picture")]
    [TestCase("RIFF\u0010\0\0\0WEBPVP8 ", "is a WebP picture")]
    [TestCase("BM\u0036\u0010\0\0\0\0\0\0\u0036\0\0\0", "is a BMP picture")]
    [TestCase("II*\0\u0008\0\0\0", "is a TIFF picture")]
    [TestCase("MM\0*\0\0\0\u0008", "is a TIFF picture")]
    [TestCase("\0\0\0\u0020ftypavif", "is an AVIF picture")]
    [TestCase("\0\0\0\u0020ftypheic", "is a HEIC picture")]
    [TestCase("\0\0\0\u0020ftypisom", "is a video or another file of the MP4 family")]
    [TestCase("\0\0\0\u000CjP  \r\n", "is a JPEG 2000 picture")]
    [TestCase("\u00FF\u000A\u0001", "is a JPEG XL picture")]
    [TestCase("%PDF-1.7", "is a PDF document")]
    [TestCase("PK\u0003\u0004", "is a ZIP archive")]
    [TestCase("\u001F\u008B\u0008", "is a gzip archive")]
    [TestCase("<svg xmlns", "is an SVG drawing")]
    [TestCase("<?xml version='1.0'?><svg ", "is an SVG drawing")]
    [TestCase("<!DOCTYPE html><html>", "is a web page (HTML)")]
    [TestCase("Not found\n", "is text")]
    [TestCase("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009", "begins with 0102030405060708")]
    public void A_file_of_another_kind_is_called_by_its_name(string content, string kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x.jpg"), Encoding.Latin1.GetBytes(content));
        Refused(() => ImageFile.Load(folder.File("x.jpg")), $"{folder.File("x.jpg")} is neither a PNG nor a JPEG file: it {kind}. Convert it to one of the two, or get a whole copy of it.");
    }

    [Test]
    public void What_cannot_be_opened_is_said_with_its_path()
    {
        using var folder = new TemporaryFolder();
        Refused(() => ImageFile.Load(folder.File("no.png")), "The image file *no.png does not exist*");
        Refused(() => ImageFile.Load(folder.Path), $"An image file is expected but {folder.Path} is a folder.*ImageDataset.FromDirectory*");
        using var held = new FileStream(folder.File("held.png"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Refused(() => ImageFile.Load(folder.File("held.png")), "The image file *held.png could not be read: *. Check that it may be read and that no other program holds it.");
    }

    [TestCase("FFD8FFD9", "it holds no picture")]
    [TestCase("FFD8FFDA000C03", "its picture starts before its size was given")]
    [TestCase("FFD8FFE00001", "one of its segments has an impossible length")]
    [TestCase("FFD8FFE0000100", "one of its segments has an impossible length")]
    [TestCase("FFD8FFC0000B080001", "it ends before its picture starts")]
    [TestCase("FFD8FFC000040800", "its size segment is too short")]
    [TestCase("FFD8FFC0000B0800000001010111000000", "its header says 0 × 1 pixels")]
    [TestCase("FFD8FFC0000B08000100010201110002110000", "it has 2 colour components instead of 1, 3 or 4")]
    [TestCase("89504E470D0A1A0A0000000D4948445200000001", "it ends within its header")]
    [TestCase("89504E470D0A1A0A0000000D4948445300000001000000010800000000000000000000000000", "it does not begin with a header chunk (IHDR)")]
    [TestCase("89504E470D0A1A0A0000000D49484452000000000000000108000000000000000000000000", "its header says 1 × 0 pixels")]
    public void A_header_that_makes_no_sense_is_named(string hex, string reason) =>
        Refused(() => ImageFile.Load(Convert.FromHexString(hex)), $"The data is a damaged * file: {reason}. Get a whole copy of it.");

    private static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);

    private static byte[] Resized(byte[] png, int height, int width)
    {
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Checksum(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var b in bytes)
        {
            rest ^= b;
            for (var bit = 0; bit < 8; bit++) rest = (rest >> 1) ^ ((rest & 1) == 1 ? 0xEDB88320 : 0);
        }
        return ~rest;
    }

    private static byte[] JpegResized(byte[] jpeg, ushort height, ushort width)
    {
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }
}
