using DeepKeras.Layers;

using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class CropLike2DTests
{
    [Test]
    public void It_keeps_the_centre_or_what_begins_at_the_offset()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.arange(0, 30).to(ScalarType.Float32).view(1, 5, 6, 1);
        var like = torch.zeros([1, 2, 3, 7]);
        // (5 − 2) / 2 = 1 row and (6 − 3) / 2 = 1 column are cut before.
        Numbers(new CropLike2D().Call([images, like])).Should().Equal(7, 8, 9, 13, 14, 15);
        Numbers(new CropLike2D((3, 2)).Call([images, like])).Should().Equal(20, 21, 22, 26, 27, 28);
        Numbers(new CropLike2D(dataFormat: "channels_first").Call([images.view(1, 1, 5, 6), like.view(1, 7, 2, 3)])).Should().Equal(7, 8, 9, 13, 14, 15);
    }

    [Test]
    public void Shapes_are_those_of_the_second_input_and_may_be_free()
    {
        new CropLike2D().ComputeOutputShape([(null, 10, 12, 3), (null, 4, 5, 8)]).Should().Equal(null, 4, 5, 3);
        new CropLike2D().ComputeOutputShape([(null, null, null, 3), (null, 4, null, 8)]).Should().Equal(null, 4, null, 3);
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        FluentActions.Invoking(() => new CropLike2D(name: "c").ComputeOutputShape([(null, 4, 5, 3), (null, 10, 12, 3)])).Should().Throw<KerasException>().WithMessage("*CropLike2D 'c'*at least as large*(None, 4, 5, 3) and (None, 10, 12, 3). Swap*");
        FluentActions.Invoking(() => new CropLike2D(7).ComputeOutputShape([(null, 10, 12, 3), (null, 4, 5, 3)])).Should().Throw<KerasException>().WithMessage("*with 7 rows and 7 columns to spare*");
        FluentActions.Invoking(() => new CropLike2D(-1)).Should().Throw<KerasException>().WithMessage("*offset must be at least 0*");
        FluentActions.Invoking(() => new CropLike2D().ComputeOutputShape([(null, 10, 12, 3)])).Should().Throw<KerasException>().WithMessage("*the images and what they are cut to*");
        // Free extents show only when data comes.
        var (a, b) = (Input((null, null, 1)), Input((null, null, 1)));
        var model = new Model([a, b], [CropLike2D()(a, b)]);
        FluentActions.Invoking(() => model.PredictOnBatch(new List<Tensor> { torch.zeros([1, 3, 3, 1]), torch.zeros([1, 4, 3, 1]) })).Should().Throw<KerasException>().WithMessage("*at least as large*");
    }
}
