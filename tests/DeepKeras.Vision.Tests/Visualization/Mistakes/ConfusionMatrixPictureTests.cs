using DeepKeras.Inspection;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization.Mistakes;

[TestFixture]
public sealed class ConfusionMatrixPictureTests
{
    // With letters of single dots: gap 4, line 10, cell 4 digits and two gaps, names of one letter.
    private const int Cell = 23 + 8;
    private const int Left = 4 + 10 + 4 + 5 + 4;
    private const int Top = 4 + 10 + 4 + 10 + 4 + 10 + 4;

    [Test]
    public void Hits_are_blue_mistakes_red_and_what_never_happened_grey()
    {
        using var picture = ConfusionMatrixPicture.Of(Matrix([0, 0, 1, 1], [0, 0, 0, 1]), scale: 1);
        picture.dtype.Should().Be(ScalarType.Byte);
        picture.shape.Should().Equal(Top + (2 * Cell) + 8, Left + (2 * Cell) + 4 + 35 + 8, 3);
        Pixel(picture, 0, 0).Should().Equal(new double[] { 8, 69, 148 }, "all of class a were recognised");
        Pixel(picture, 0, 1).Should().Equal(246, 246, 246);
        // Half of class b: half way from white to blue; mistakes go with the root: 0.7071 of the way to (178, 24, 43).
        Pixel(picture, 1, 1).Should().Equal(132, 162, 202);
        Pixel(picture, 1, 0).Should().Equal(201, 92, 105);
    }

    [Test]
    public void Cells_hold_counts_or_percentages()
    {
        var matrix = Matrix([0, 0, 0, 1], [0, 0, 1, 1]);
        using var counts = ConfusionMatrixPicture.Of(matrix, scale: 1);
        using var percentages = ConfusionMatrixPicture.Of(matrix, percentages: true, scale: 1);
        // "2" is white on dark blue and takes 5 dots in the middle of its cell; "67%" takes 17.
        Inked(counts).Should().Be(5);
        Inked(percentages).Should().Be(17);
    }

    [Test]
    public void Long_names_stand_upright_above_their_columns()
    {
        var matrix = ConfusionMatrix.Of(torch.tensor(new long[] { 0, 1 }), torch.tensor(new long[] { 0, 1 }), ["automobile", "cat"]);
        using var picture = ConfusionMatrixPicture.Of(matrix, scale: 1);
        picture.shape[0].Should().Be(Top - 10 + 59 + (2 * Cell) + 8);
    }

    [Test]
    public void A_bad_scale_is_refused() =>
        FluentActions.Invoking(() => ConfusionMatrixPicture.Of(Matrix([0], [0]), scale: 0)).Should().Throw<KerasException>().WithMessage("ConfusionMatrixPicture: scale must be at least 1 but was 0*");

    private static ConfusionMatrix Matrix(long[] truth, long[] recognised) => ConfusionMatrix.Of(torch.tensor(truth), torch.tensor(recognised), ["a", "b"]);

    private static double[] Pixel(Tensor picture, int row, int column) => Numbers(picture[Top + (row * Cell), Left + (column * Cell)]);

    /// <summary>The width of what is written in the first cell.</summary>
    private static int Inked(Tensor picture)
    {
        var cell = picture.narrow(0, Top, Cell - 1).narrow(1, Left, Cell - 1).select(2, 0);
        var columns = Numbers(cell.sub(cell[0, 0]).ne(0).any(0)).Select((v, i) => (v, i)).Where(p => p.v > 0).Select(p => p.i).ToArray();
        return columns[^1] - columns[0] + 1;
    }
}
