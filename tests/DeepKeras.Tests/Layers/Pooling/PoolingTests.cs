using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Poolings beside the fixtures: defaults, borders worked out by hand.</summary>
[TestFixture]
public sealed class PoolingTests
{
    [Test]
    public void Defaults_are_those_of_Keras()
    {
        foreach (var layer in new Pooling2DBase[] { new MaxPooling2D(), new AveragePooling2D() })
        {
            layer.PoolSize.Should().Be(new Size2D(2, 2));
            layer.Strides.Should().Be(new Size2D(2, 2));
            layer.Padding.Mode.Should().Be(PaddingMode.Valid);
        }
        new MaxPooling2D((3, 2)).Strides.Should().Be(new Size2D(3, 2));
    }

    // One row of five cells; windows of two, hanging over on the right only.
    [TestCase(2, 1, new[] { -1.0, -2, -3, -4, -5 }, new[] { -1.5, -2.5, -3.5, -4.5, -5 })]
    [TestCase(2, 2, new[] { -1.0, -3, -5 }, new[] { -1.5, -3.5, -5 })]
    [TestCase(3, 1, new[] { -1.0, -1, -2, -3, -4 }, new[] { -1.5, -2, -3, -4, -4.5 })]
    [TestCase(4, 1, new[] { -1.0, -1, -2, -3, -4 }, new[] { -2, -2.5, -3.5, -4, -4.5 })]
    [TestCase(4, 3, new[] { -1.0, -3 }, new[] { -2, -4.0 })]
    public void Same_pads_with_nothing_that_counts(int pool, int stride, double[] largest, double[] mean)
    {
        using var scope = torch.NewDisposeScope();
        var row = Floats([-1, -2, -3, -4, -5], 1, 1, 5, 1);
        Close(new MaxPooling2D((1, pool), (1, stride), "same").Call(row), largest);
        Close(new AveragePooling2D((1, pool), (1, stride), "same").Call(row), mean);
        // The same along the other axis.
        Close(new MaxPooling2D((pool, 1), (stride, 1), "same").Call(row.permute(0, 2, 1, 3)), largest);
        Close(new AveragePooling2D((pool, 1), (stride, 1), "same").Call(row.permute(0, 2, 1, 3)), mean);
    }

    // Five and four cells; PyTorch's ceil_mode takes the cells that a whole window no longer fits into, and a mean counts only cells that are there.
    [TestCase(5, 2, 2, new[] { -1.0, -3, -5 }, new[] { -1.5, -3.5, -5 })]
    [TestCase(5, 3, 2, new[] { -1.0, -3 }, new[] { -2.0, -4 })]
    [TestCase(4, 3, 2, new[] { -1.0, -3 }, new[] { -2.0, -3.5 })]
    [TestCase(4, 1, 2, new[] { -1.0, -3 }, new[] { -1.0, -3 })]
    public void Ceil_lets_the_last_window_hang_over(int cells, int pool, int stride, double[] largest, double[] mean)
    {
        using var scope = torch.NewDisposeScope();
        var row = Floats([.. Enumerable.Range(1, cells).Select(c => -(float)c)], 1, 1, cells, 1);
        Close(new MaxPooling2D((1, pool), (1, stride), "ceil").Call(row), largest);
        Close(new AveragePooling2D((1, pool), (1, stride), "ceil").Call(row), mean);
        new MaxPooling2D((1, pool), (1, stride), "ceil").ComputeOutputShape((null, 1, cells, 1)).Should().Equal(null, 1, largest.Length, 1);
    }

    [Test]
    public void Adaptive_pooling_lays_a_grid_over_any_image()
    {
        using var scope = torch.NewDisposeScope();
        var row = Floats([1, 2, 3, 4, 5], 1, 1, 5, 1);
        // Five cells in three: [0, 2), [1, 4), [3, 5).
        Close(new AdaptiveAveragePooling2D((1, 3)).Call(row), [1.5, 3, 4.5]);
        Close(new AdaptiveAveragePooling2D((1, 5)).Call(row), [1.0, 2, 3, 4, 5]);
        Close(new AdaptiveAveragePooling2D((2, 1), "channels_first").Call(row), [2.0, 4]);
        ((Action)(() => _ = new AdaptiveAveragePooling2D(0))).Should().Throw<KerasException>().WithMessage("*outputSize*positive*7 or (7, 5)*");
    }

    [Test]
    public void Explicit_padding_counts_zeros_in_a_mean_and_never_in_a_maximum()
    {
        using var scope = torch.NewDisposeScope();
        var row = Floats([-1, -2, -3, -4], 1, 1, 4, 1);
        Close(new AveragePooling2D((1, 2), padding: (0, 1)).Call(row), [-0.5, -2.5, -2]);
        Close(new MaxPooling2D((1, 2), padding: (0, 1)).Call(row), [-1.0, -2, -4]);
    }

    [Test]
    public void A_layer_serves_images_of_changing_size()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new AveragePooling2D(3, 2, "same");
        foreach (var size in new[] { 4, 5, 4, 7, 5 }) Close(layer.Call(torch.ones([1, size, size + 1, 2])), torch.ones([1, (size + 1) / 2, (size + 2) / 2, 2]));
    }

    [Test]
    public void Global_pooling_keeps_dimensions_on_demand()
    {
        using var scope = torch.NewDisposeScope();
        var images = Ramp(0, 1, 1, 2, 2, 2);
        Close(new GlobalMaxPooling2D().Call(images), Floats([6, 7], 1, 2));
        Close(new GlobalAveragePooling2D().Call(images), Floats([3, 4], 1, 2));
        new GlobalAveragePooling2D("channels_first", true).ComputeOutputShape((null, 5, null, 4)).Should().Equal(null, 5, 1, 1);
        new GlobalMaxPooling2D().ComputeOutputShape((null, null, null, 512)).Should().Equal(null, 512);
    }
}
