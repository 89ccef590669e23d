using DeepKeras.Applications.Pretrained;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>What is done to small images, against the formula.</summary>
public sealed class SmallImageTransformTests
{
    private static readonly SmallImageTransform s_colours = new(32, Border: 0, Mean: [0.5f, 0.25f, 0], Deviation: [0.5f, 0.25f, 1]);
    private static readonly SmallImageTransform s_grey = new(28, Border: 2, Mean: [0], Deviation: [1]);

    [Test]
    public void Colours_are_scaled_channel_by_channel()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.full([2, 32, 32, 3], 255, ScalarType.Byte);
        images[1] = torch.tensor(51);
        var result = s_colours.Apply(images);
        result.shape.Should().Equal(2, 32, 32, 3);
        Close(result[0, 0, 0], [1, 3, 1], 1e-6);
        Close(result[1, 31, 31], [-0.6, -0.2, 0.2], 1e-6);
        Close(s_colours.Apply(images[1]), result[1].unsqueeze(0));
    }

    [Test]
    public void Grey_images_get_a_black_border_with_or_without_an_axis_of_channels()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.randint(1, 256, [3, 28, 28]).to(ScalarType.Byte);
        var result = s_grey.Apply(images);
        result.shape.Should().Equal(3, 32, 32, 1);
        Close(result[.., 2..30, 2..30, 0], images.to(ScalarType.Float32).div(255));
        result.ne(0).sum().ToInt64().Should().Be(3 * 28 * 28, "the border is black");
        Close(s_grey.Apply(images.unsqueeze(-1)), result);
    }

    [Test]
    public void Photos_are_made_small_and_their_middle_is_taken()
    {
        using var scope = torch.NewDisposeScope();
        // Left to right from 0 to 1, twice as wide as high: the middle runs from a quarter to three quarters.
        var photo = torch.linspace(0, 255, 128).view(1, 128, 1).expand(64, 128, 3);
        var result = s_colours.Apply(photo);
        result.shape.Should().Equal(1, 32, 32, 3);
        result[0, 16, 0, 2].ToDouble().Should().BeApproximately(0.25, 0.02);
        result[0, 16, 31, 2].ToDouble().Should().BeApproximately(0.75, 0.02);
    }

    [Test]
    public void Other_channels_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        ((Action)(() => s_colours.Apply(torch.zeros(2, 32, 32, 1)))).Should().Throw<KerasException>().WithMessage("*expects images (N, H, W, 3)*received (2, 32, 32, 1)*channels: 3*");
        ((Action)(() => s_grey.Apply(torch.zeros(2, 28, 28, 3)))).Should().Throw<KerasException>().WithMessage("*expects images (N, H, W, 1)*received (2, 28, 28, 3)*channels: 1*");
    }

    [Test]
    public void Nothing_remains_of_its_work()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.zeros(4, 28, 28);
        Leaks.None(() => s_grey.Apply(images).Dispose());
    }
}
