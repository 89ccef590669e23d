using DeepKeras.Applications.Pretrained;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>torchvision's preset on the same photos (Golden/transform.py).</summary>
public sealed class ImageNetTransformTests
{
    private static readonly JsonElement s_cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Applications.Tests", "Golden", "transform.json"))).RootElement;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Photos_are_prepared_as_torchvision_prepares_them(int index)
    {
        using var scope = torch.NewDisposeScope();
        var given = s_cases[index];
        var shape = given.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()).ToArray();
        var photo = torch.tensor([.. given.GetProperty("pixels").EnumerateArray().Select(e => e.GetByte())], shape);
        var transform = new ImageNetTransform(given.GetProperty("resize").GetInt32(), given.GetProperty("crop").GetInt32(), given.GetProperty("interpolation").GetString()!);
        var result = transform.Apply(photo);
        result.shape.Should().Equal(1, transform.Crop, transform.Crop, 3);
        var expected = given.GetProperty("every7th").EnumerateArray().Select(e => e.GetDouble()).ToArray();
        // Pillow rounds after each of its two passes, so that a pixel may differ by a grey level: 1 / 255 / 0.224.
        Close(result.flatten()[TensorIndex.Slice(null, null, 7)], expected, tolerance: 0.0176);
        Close(transform.Apply(photo.unsqueeze(0)), result);
    }

    [Test]
    public void Anything_but_colour_images_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        ((Action)(() => new ImageNetTransform(8, 8).Apply(torch.zeros(4, 4, 1)))).Should().Throw<KerasException>().WithMessage("*(N, H, W, 3)*received (4, 4, 1)*ImageFile.Load*");
        ((Action)(() => ImageNetTransform.Normalize(torch.zeros(4)))).Should().Throw<KerasException>().WithMessage("*received (4)*");
    }
}
