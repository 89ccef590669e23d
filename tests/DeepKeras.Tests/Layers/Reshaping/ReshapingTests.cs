using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>The reshaping layers beside the fixtures: shapes, order of the elements, what is refused.</summary>
[TestFixture]
public sealed class ReshapingTests
{
    [Test]
    public void Flatten_follows_the_surface_order_in_both_formats()
    {
        using var scope = torch.NewDisposeScope();
        var images = Ramp(0, 1, 2, 3, 4, 5);
        var flat = new Flatten().Call(images);
        flat.shape.Should().Equal(2, 60);
        Numbers(flat).Should().Equal(Enumerable.Range(0, 120).Select(i => (double)i));
        Close(new Flatten("channels_first").Call(images.permute(0, 3, 1, 2)), flat, 0, 0);
        new Flatten().Call(Vector(1, 2, 3)).shape.Should().Equal(3, 1);
        new Flatten("channels_first").Call(Ramp(0, 1, 2, 3)).shape.Should().Equal(2, 3);
    }

    [Test]
    public void Flatten_of_an_open_image_is_open()
    {
        new Flatten().ComputeOutputShape((null, 5, 5, 16)).Should().Equal(null, 400);
        new Flatten().ComputeOutputShape((null, null, 5, 16)).ToString().Should().Be("(None, None)");
        new Flatten().ComputeOutputShape(new Shape((long?)null)).Should().Equal(null, 1);
    }

    [Test]
    public void Flatten_of_a_dense_image_is_a_view()
    {
        using var scope = torch.NewDisposeScope();
        var images = new Conv2D(4, 3).Call(Sample(ScalarType.Float32, 2, 6, 6, 1)).detach();
        var flat = new Flatten().Call(images);
        images.zero_();
        Numbers(flat).Should().OnlyContain(v => v == 0, "both must share their memory");
    }

    [Test]
    public void Reshape_works_out_the_free_extent()
    {
        using var scope = torch.NewDisposeScope();
        new Reshape((-1, 7)).ComputeOutputShape((null, 28)).Should().Equal(null, 4, 7);
        new Reshape((3, -1)).ComputeOutputShape((null, null, 3)).Should().Equal(null, 3, null);
        new Reshape((2, 4)).ComputeOutputShape((5, 8)).Should().Equal(5, 2, 4);
        new Reshape([-1]).Call(Ramp(0, 1, 3, 2, 4)).shape.Should().Equal(3, 8);
        new Reshape((4, 2)).Call(Ramp(0, 1, 0, 8)).shape.Should().Equal(0, 4, 2);
    }

    [Test]
    public void Reshape_refuses_what_cannot_fit()
    {
        Refuses(() => new Reshape((-1, -1)), "targetShape must be without a second -1 but was (-1, -1). Only one extent");
        Refuses(() => new Reshape((-2, 3)), "made of extents of at least 0 and at most one -1 but was (-2, 3). Write -1");
        Refuses(() => new Reshape((null, 3)), "but was (None, 3). Write -1");
        Refuses(() => new Reshape((5, 6), name: "r").ComputeOutputShape((null, 28)), "Reshape 'r' expects samples of 30 elements, for targetShape (5, 6), but received (None, 28), which is 28 per sample. Choose");
        Refuses(() => new Reshape((5, -1)).ComputeOutputShape((null, 28)), "samples whose number of elements is a multiple of 5, for targetShape (5, -1), but received");
    }

    [Test]
    public void Permute_counts_axes_from_one()
    {
        using var scope = torch.NewDisposeScope();
        new Permute((3, 1, 2)).ComputeOutputShape((null, 4, null, 6)).Should().Equal(null, 6, 4, null);
        Close(new Permute((2, 1)).Call(Ramp(0, 1, 1, 2, 3)), Floats([0, 3, 1, 4, 2, 5], 1, 3, 2), 0, 0);
        Refuses(() => new Permute((0, 1)), "dims must be an order of the axes 1 … 2, each once but was (0, 1). The batch axis");
        Refuses(() => new Permute((2, 1)).ComputeOutputShape((null, 4)), "expects 3 axes, the batch and those of dims (2, 1), but received (None, 4). Name every axis");
    }

    [Test]
    public void RepeatVector_repeats_each_row()
    {
        using var scope = torch.NewDisposeScope();
        new RepeatVector(3).ComputeOutputShape((null, 32)).Should().Equal(null, 3, 32);
        Close(new RepeatVector(2).Call(Floats([1, 2, 3, 4], 2, 2)), Floats([1, 2, 1, 2, 3, 4, 3, 4], 2, 2, 2), 0, 0);
        Refuses(() => new RepeatVector(0), "n must be a positive number but was 0. Give the length");
        Refuses(() => new RepeatVector(2).ComputeOutputShape((null, 3, 4)), "expects two axes (batch, features) but received (None, 3, 4). Put a Flatten() before it");
    }

    [Test]
    public void Padding_and_cropping_undo_each_other()
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 2, 3, 4, 2);
        foreach (var edges in new Padding2D[] { 2, (1, 3), ((1, 0), (2, 3)) })
        {
            var padded = new ZeroPadding2D(edges).Call(images);
            Number(padded.abs().sum()).Should().BeApproximately(Number(images.abs().sum()), 1e-4, "only zeros are added");
            Close(new Cropping2D(edges).Call(padded), images, 0, 0);
        }
        new ZeroPadding2D().Padding.Should().Be(new Padding2D(1, 1, 1, 1));
        new Cropping2D().Call(images).Should().BeSameAs(images);
    }

    [Test]
    public void Padding_cropping_and_upsampling_refuse_bad_arguments()
    {
        Refuses(() => new ZeroPadding2D(-1), "padding must be at least 0 at every edge but was ((-1, -1), (-1, -1)). Use Cropping2D");
        Refuses(() => new Cropping2D(((0, -1), (0, 0))), "cropping must be at least 0 at every edge but was ((0, -1), (0, 0)). Use ZeroPadding2D");
        Refuses(() => new Cropping2D(2).ComputeOutputShape((null, 4, 9, 1)), "images larger than what cropping ((2, 2), (2, 2)) takes away but received (None, 4, 9, 1). Reduce cropping");
        Refuses(() => new UpSampling2D(0), "size must be positive in both directions but was (0, 0). Write for example");
        Refuses(() => new UpSampling2D(2, interpolation: "cubic"), "Unknown interpolation \"cubic\". It must be one of: \"bicubic\"");
        Refuses(() => new UpSampling2D(2, interpolation: "lanczos5"), "interpolation must be one that torch has but was \"lanczos5\". Use \"bicubic\"");
        Refuses(() => new Flatten().ComputeOutputShape(Shape.Scalar), "expects at least a batch axis but received");
        Refuses(() => new Reshape(4).ComputeOutputShape(Shape.Scalar), "expects at least a batch axis but received");
    }

    private static void Refuses(Func<object> act, string text) => act.Invoking(a => a()).Should().Throw<KerasException>().Which.Message.Should().Contain(text);
}
