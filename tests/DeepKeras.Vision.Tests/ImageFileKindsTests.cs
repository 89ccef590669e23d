using System.Text.Json;
using DeepKeras.Vision;

namespace DeepKeras.Vision.Tests;

/// <summary>The less usual kinds of files, held against Pillow (Golden/files.json, with the script): sixteen bits, palettes, Adam7, EXIF, progressive, CMYK.</summary>
[TestFixture]
public sealed class ImageFileKindsTests
{
    private static readonly Dictionary<string, JsonElement> s_files = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
        File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "files.json")))!;

    internal static Dictionary<string, JsonElement>.KeyCollection Names() => s_files.Keys;

    internal static byte[] Data(string name) => s_files[name].GetProperty("file").GetBytesFromBase64();

    [TestCaseSource(nameof(Names))]
    public void Files_are_decoded_as_Pillow_decodes_them(string name)
    {
        using var image = ImageFile.Load(Data(name));
        image.shape.Should().Equal(s_files[name].GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()));
        Numbers(image).Zip(Pixels(name), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThanOrEqualTo(Math.Max(s_files[name].GetProperty("tolerance").GetInt32(), SixteenBits.Tolerance(Data(name))));
    }

    [TestCaseSource(nameof(Names))]
    public void Any_number_of_channels_can_be_had(string name)
    {
        using var scope = torch.NewDisposeScope();
        var own = ImageFile.Load(Data(name));
        var have = own.shape[2];
        var colours = have == 1 ? own.expand(own.shape[0], own.shape[1], 3) : own.narrow(2, 0, 3);
        Same(ImageFile.Load(Data(name), channels: 3), colours).Should().BeTrue();
        var alpha = ImageFile.Load(Data(name), channels: 4);
        Same(alpha.narrow(2, 0, 3), colours).Should().BeTrue();
        if (have == 4) Same(alpha, own).Should().BeTrue();
        else Numbers(alpha.select(2, 3)).Should().OnlyContain(v => v == 255);
        var grey = ImageFile.Load(Data(name), channels: 1);
        var expected = colours.to_type(ScalarType.Float64).mul(torch.tensor(new[] { 0.299, 0.587, 0.114 })).sum(2, keepdim: true);
        Close(grey.to_type(ScalarType.Float64), expected, tolerance: 0.51);
    }

    [Test]
    public void Orientation_can_be_left_as_it_is_stored()
    {
        using var stored = ImageFile.Load(Data("orientation6-big.jpg"), applyOrientation: false);
        using var upright = ImageFile.Load(Data("orientation6-big.jpg"));
        using var plain = ImageFile.Load(Data("orientation1-little.jpg"));
        stored.shape.Should().Equal(9, 14, 3);
        upright.shape.Should().Equal(14, 9, 3);
        Same(stored, plain).Should().BeTrue("the same picture was written with another note");
        Same(upright, stored.flip(0).transpose(0, 1)).Should().BeTrue("6 means: turn by 90° clockwise");
    }

    [Test]
    public void A_note_that_makes_no_sense_changes_nothing()
    {
        var data = Data("orientation6-big.jpg");
        var tag = data.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x01, 0x12, 0, 3, 0, 0, 0, 1]);
        using var plain = ImageFile.Load(data, applyOrientation: false);
        foreach (var (offset, value) in new[] { (9, 0), (9, 9), (3, 4), (1, 0x13), (-24, 0x58), (-20, 0x2B), (-15, 0xFF), (-18, 0xFF) })
        {
            var changed = (byte[])data.Clone();
            changed[tag + offset] = (byte)value;
            using var image = ImageFile.Load(changed);
            Same(image, plain).Should().BeTrue($"byte {offset} is {value}");
        }
    }

    [Test]
    public void Large_turned_pictures_are_right_beyond_one_block()
    {
        // Columns, then rows, in one matrix of PyTorch's operations.
        using var scope = torch.NewDisposeScope();
        var stored = torch.randint(0, 256, [70, 45, 3], ScalarType.Byte);
        var turned = torch.empty([45, 70, 3], ScalarType.Byte);
        Tensor[] expected = [stored.transpose(0, 1), stored.flip(0).transpose(0, 1), stored.flip(0, 1).transpose(0, 1), stored.flip(1).transpose(0, 1)];
        for (var orientation = 5; orientation <= 8; orientation++)
        {
            Vision.Codecs.Orientation.Apply(stored.bytes, 70, 45, 3, orientation, turned.bytes);
            Same(turned, expected[orientation - 5]).Should().BeTrue($"orientation {orientation}");
        }
    }

    private static byte[] Pixels(string name) => s_files[name].GetProperty("pixels").GetBytesFromBase64();
}
