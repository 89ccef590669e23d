using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization;

[TestFixture]
public sealed class OverlayTests
{
    [Test]
    public void The_map_is_enlarged_coloured_and_mixed_in()
    {
        using var photo = torch.full([2, 4, 3], 100, ScalarType.Byte);
        using var picture = Overlay.Of(Floats([0, 1], 1, 2), photo, 0.25, "gray", (0, 1));
        picture.shape.Should().Equal(2, 4, 3);
        picture.dtype.Should().Be(ScalarType.Byte);
        // Bilinear between the middles of two cells: 0, 0.25, 0.75, 1, which are the grays 0, 64, 192, 255.
        Numbers(picture[0].select(1, 0)).Should().Equal(75, 91, 123, 139);
        Numbers(picture[1]).Should().Equal(Numbers(picture[0]));
    }

    [Test]
    public void Photos_may_be_bytes_or_numbers_gray_or_in_colour()
    {
        using var map = torch.zeros([2, 2]);
        Same(Overlay.Of(map, torch.full([2, 2, 3], 51, ScalarType.Byte)), Overlay.Of(map, torch.full([2, 2], 0.2))).Should().BeTrue();
        Same(Overlay.Of(map, torch.full([2, 2, 1], 51f)), Overlay.Of(map, torch.full([1, 2, 2, 3], 0.2))).Should().BeTrue();
        // Standardised images are stretched.
        Numbers(Overlay.Of(map, Floats([-2, 0, 2, 1], 2, 2), 0, "gray").select(2, 1)).Should().Equal(0, 128, 255, 191);
    }

    [Test]
    public void Bad_arguments_are_named()
    {
        using var square = torch.zeros([2, 2]);
        FluentActions.Invoking(() => Overlay.Of(square, square, alpha: 1.5)).Should().Throw<KerasException>().WithMessage("Overlay: alpha must be between 0*but was 1.5*");
        FluentActions.Invoking(() => Overlay.Of(square, square, alpha: double.NaN)).Should().Throw<KerasException>().WithMessage("Overlay: alpha must be*NaN*");
        FluentActions.Invoking(() => Overlay.Of(torch.zeros([2, 2, 2]), square)).Should().Throw<KerasException>().WithMessage("Overlay: a heat map must be (height, width) but received (2, 2, 2)*");
        FluentActions.Invoking(() => Overlay.Of(square, torch.zeros([2, 2, 2]))).Should().Throw<KerasException>().WithMessage("A photo must be*but received (2, 2, 2)*");
        FluentActions.Invoking(() => Overlay.Of(square, square, colorMap: "x")).Should().Throw<KerasException>().WithMessage("There is no colour map \"x\"*");
    }
}
