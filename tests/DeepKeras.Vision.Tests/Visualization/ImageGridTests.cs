using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization;

[TestFixture]
public sealed class ImageGridTests
{
    [Test]
    public void A_map_is_stretched_over_the_colours_of_viridis()
    {
        var grid = new ImageGrid(columns: 1, gutter: 1);
        grid.Add(Floats([-2, 0, 2, 1], 2, 2), "viridis");
        using var picture = grid.ToTensor();
        picture.shape.Should().Equal(4, 4, 3);
        // Least and greatest values: matplotlib's viridis begins with #440154 and ends with #FDE725; its middle (index 128) is #21918C.
        Numbers(picture[1, 1]).Should().Equal(0x44, 0x01, 0x54);
        Numbers(picture[2, 1]).Should().Equal(0xFD, 0xE7, 0x25);
        Numbers(picture[1, 2]).Should().Equal(0x21, 0x91, 0x8C);
        Numbers(picture[0]).Should().OnlyContain(v => v == 255, "the paper is white");
    }

    [Test]
    public void A_given_range_is_the_same_for_all_maps_and_cuts_what_lies_outside()
    {
        var grid = new ImageGrid(columns: 1, gutter: 1);
        grid.Add(Floats([-9, 0.5f, 9], 1, 3), "gray", range: (0, 1));
        using var picture = grid.ToTensor();
        Numbers(picture[1].select(1, 0)).Should().Equal(255, 0, 128, 255, 255);
    }

    [Test]
    public void A_map_of_one_value_gets_the_first_colour()
    {
        var grid = new ImageGrid(columns: 1, gutter: 1);
        grid.Add(Floats([3, 3], 1, 2, 1));
        using var picture = grid.ToTensor();
        Numbers(picture[1].select(1, 0)).Should().Equal(255, 0, 0, 255);
    }

    [Test]
    public void Colour_pictures_are_shown_as_they_are_and_enlarged_without_blurring()
    {
        var grid = new ImageGrid(columns: 2, scale: 3, gutter: 2);
        grid.Add(torch.tensor(new byte[] { 10, 20, 30, 40, 50, 60 }, [1, 2, 3], ScalarType.Byte));
        grid.Add(Floats([0, 0.5f, 1], 1, 1, 3));
        using var picture = grid.ToTensor();
        picture.shape.Should().Equal(2 + 3 + 2, 2 + 6 + 2 + 6 + 2, 3);
        Numbers(picture[2, 2]).Should().Equal(10, 20, 30);
        Numbers(picture[4, 4]).Should().Equal(10, 20, 30);
        Numbers(picture[4, 5]).Should().Equal(40, 50, 60);
        Numbers(picture[2, 11]).Should().Equal(0, 128, 255);
    }

    [Test]
    public void Pictures_fill_rows_and_captions_lie_below()
    {
        var grid = new ImageGrid(columns: 3, scale: 2, gutter: 4, caption: "Title");
        for (var i = 0; i < 4; i++) grid.Add(torch.zeros([10, 10]), "gray", i == 0 ? "I" : null);
        grid.Count.Should().Be(4);
        using var picture = grid.ToTensor();
        picture.shape.Should().Equal(4 + 10 + 4 + (2 * (20 + 13 + 4)), 4 + (3 * (20 + 4)), 3);
        // The letter I: a stem of seven dots in its third column, with feet of three dots at both ends.
        var letter = picture.narrow(0, 18 + 20 + 3, 7).narrow(1, 4, 5).select(2, 0);
        Numbers(letter.eq(40).sum(1, false, ScalarType.Int64)).Should().Equal(3, 1, 1, 1, 1, 1, 3);
    }

    [Test]
    public void Smaller_pictures_lie_in_the_middle_of_their_place()
    {
        var grid = new ImageGrid(columns: 2, gutter: 1);
        grid.Add(torch.zeros([4, 6]));
        grid.Add(torch.zeros([2, 2]));
        using var picture = grid.ToTensor();
        picture.shape.Should().Equal(6, 15, 3);
        Numbers(picture.select(2, 0).select(0, 2).narrow(0, 8, 6)).Should().Equal(255, 255, 0, 0, 255, 255);
        Numbers(picture.select(2, 0).select(1, 10)).Should().Equal(255, 255, 0, 0, 255, 255);
    }

    [Test]
    public void Long_captions_are_cut()
    {
        var grid = new ImageGrid(columns: 1, gutter: 1);
        grid.Add(torch.zeros([4, 20]), "viridis", "a caption of many words");
        using var picture = grid.ToTensor();
        picture.shape[1].Should().Be(22);
        Numbers(picture.select(1, 21)).Should().OnlyContain(v => v == 255, "nothing is written over the margin");
    }

    [Test]
    public void A_title_shows_whole_however_narrow_the_grid()
    {
        var grid = new ImageGrid(columns: 1, gutter: 2, caption: "twenty letters, or so");
        grid.Add(torch.zeros([4, 4]));
        using var picture = grid.ToTensor();
        picture.shape.Should().Equal(2 + 10 + 2 + 4 + 2, 2 + (21 * 6) + 2, 3);
    }

    [Test]
    public void It_is_saved_as_a_picture()
    {
        using var folder = new TemporaryFolder();
        var grid = new ImageGrid(columns: 1);
        grid.Add(Sample(ScalarType.Float32, 8, 8), "viridis", "map 1 × 2");
        grid.Save(folder.File("grid.png"));
        using var picture = grid.ToTensor();
        using var read = ImageFile.Load(folder.File("grid.png"));
        Numbers(read).Should().Equal(Numbers(picture));
    }

    [Test]
    public void Bad_arguments_are_named()
    {
        FluentActions.Invoking(() => new ImageGrid(0)).Should().Throw<KerasException>().WithMessage("ImageGrid: columns must be at least 1 but was 0*");
        FluentActions.Invoking(() => new ImageGrid(1, scale: 0)).Should().Throw<KerasException>().WithMessage("*scale must be at least 1*");
        FluentActions.Invoking(() => new ImageGrid(1, gutter: 0)).Should().Throw<KerasException>().WithMessage("*gutter must be at least 1*");
        FluentActions.Invoking(() => new ImageGrid(1).ToTensor()).Should().Throw<KerasException>().WithMessage("ImageGrid: there is no picture to draw*");
        FluentActions.Invoking(() => new ImageGrid(1).Add(torch.zeros([1, 2, 2, 3]))).Should().Throw<KerasException>().WithMessage("ImageGrid: a picture must be*received (1, 2, 2, 3)*");
        FluentActions.Invoking(() => new ImageGrid(1).Add(torch.zeros([2, 2]), "rainbow")).Should().Throw<KerasException>().WithMessage("There is no colour map \"rainbow\"*");
    }
}
