using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>What every image layer promises: its shape function tells the truth, formats agree, gradients are right, images stay dense.</summary>
[TestFixture]
public sealed class ImageLayerShapeTests
{
    [Test]
    public void ComputeOutputShape_is_the_shape_that_Forward_gives()
    {
        var looked = 0;
        foreach (var (layer, input) in RandomImageLayers.Make(360))
        {
            using var scope = torch.NewDisposeScope();
            var predicted = layer.ComputeOutputShape(new Shape(input));
            var actual = layer.Call(Sample(ScalarType.Float32, input)).shape;
            predicted.ToArray().Should().Equal(actual, "{0} on {1}", layer.Name, new Shape(input));
            looked++;
        }
        looked.Should().Be(360);
    }

    [Test]
    public void Unknown_batch_and_image_size_stay_unknown_and_the_rest_is_the_same()
    {
        foreach (var (layer, input) in RandomImageLayers.Make(120))
        {
            var (height, width) = layer is Layer l && Format(l).IsChannelsFirst ? (2, 3) : (1, 2);
            var known = layer.ComputeOutputShape(new Shape(input));
            var open = layer.ComputeOutputShape(new Shape(input).With(0, null).With(height, null).With(width, null));

            open.Rank.Should().Be(known.Rank);
            open[0].Should().BeNull();
            for (var axis = 1; axis < known.Rank; axis++)
            {
                var isSpatial = known.Rank == 4 && (axis == height || axis == width) && layer is not GlobalPooling2DBase;
                open[axis].Should().Be(isSpatial ? null : known[axis], "axis {0} of {1}", axis, layer.Name);
            }
        }
    }

    [Test]
    public void Channels_first_gives_the_same_numbers_as_channels_last()
    {
        foreach (var padding in new Padding[] { "valid", "same", 1 })
        {
            Same(f => new Conv2D(4, (3, 2), 2, padding, f, groups: 2));
            Same(f => new DepthwiseConv2D((2, 3), 1, padding, 2, f));
            Same(f => new SeparableConv2D(3, 3, 1, padding, f, activation: "relu"));
            Same(f => new Conv2DTranspose(3, 3, 2, padding, null, f));
            Same(f => new MaxPooling2D(2, 1, padding, f));
            Same(f => new AveragePooling2D(2, 1, padding, f));
        }
        Same(f => new ZeroPadding2D(((1, 0), (2, 1)), f));
        Same(f => new Cropping2D(((1, 0), (2, 1)), f));
        Same(f => new UpSampling2D(2, f, "bilinear"));
        Same(f => new GlobalMaxPooling2D(f, keepdims: true));
        Same(f => new GlobalAveragePooling2D(f, keepdims: true));
    }

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        Gradient(() => new Conv2D(2, (2, 3), 2, "same", activation: "tanh"));
        Gradient(() => new Conv2D(2, 2, 1, "same", groups: 2));
        Gradient(() => new DepthwiseConv2D(2, 1, "same", 2));
        Gradient(() => new SeparableConv2D(2, 3, 2, "same", depthMultiplier: 2));
        Gradient(() => new Conv2DTranspose(2, 3, 2, "same"));
        Gradient(() => new Conv2DTranspose(2, 4, 3, "same", 1));
        Gradient(() => new MaxPooling2D(2, 1, "same"));
        Gradient(() => new MaxPooling2D(3, 2, "same"));
        Gradient(() => new AveragePooling2D(2, 1, "same"));
        Gradient(() => new AveragePooling2D(3, 2, "same"));
        Gradient(() => new UpSampling2D((2, 3), interpolation: "bicubic"));
        Gradient(() => new Cropping2D(1));
        Gradient(() => new GlobalMaxPooling2D());
    }

    [Test]
    public void Images_stay_dense_in_channels_last_order_through_a_chain()
    {
        using var scope = torch.NewDisposeScope();
        Layer[] chain =
        [
            new Conv2D(6, 5, padding: "same", activation: "relu"), new MaxPooling2D(2), new ZeroPadding2D(1), new Conv2D(8, 3, activation: "tanh"),
            new AveragePooling2D(2), new SeparableConv2D(4, 3, padding: "same"), new UpSampling2D(2), new DepthwiseConv2D(3, padding: "same"),
            new Conv2D(4, 3, 2, "same"), new Conv2DTranspose(3, 2, 2), new Conv2D(4, 3),
        ];
        var images = Sample(ScalarType.Float32, 2, 28, 28, 1);
        foreach (var layer in chain)
        {
            images = layer.Call(images);
            // torch's own kernel for the transpose answers in (N, C, H, W) order; the next convolution brings it back.
            if (layer is not Conv2DTranspose) images.is_contiguous().Should().BeTrue("the output of {0} must need no copy", layer.Name);
        }
    }

    [Test]
    public void A_frozen_layer_has_no_trainable_weights_and_still_passes_gradients_on()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new SeparableConv2D(3, 3) { Trainable = false };
        var input = Sample(ScalarType.Float32, 1, 5, 5, 2).requires_grad_();

        layer.Call(input, training: true).sum().backward();

        layer.TrainableWeights.Should().BeEmpty();
        layer.NonTrainableWeights.Select(w => w.Name).Should().Equal("depthwise_kernel", "pointwise_kernel", "bias");
        Numbers(input.grad!).Should().Contain(g => g != 0);
    }

    private static DataFormat Format(Layer layer) => (DataFormat)layer.GetType().GetProperty("DataFormat")!.GetValue(layer)!;

    private static void Same(Func<DataFormat, Layer> make)
    {
        using var scope = torch.NewDisposeScope();
        var last = make("channels_last");
        var first = make("channels_first");
        var images = Sample(ScalarType.Float32, 2, 6, 7, 4);
        var expected = last.Call(images);
        _ = first.Call(images.permute(0, 3, 1, 2));
        if (last.Weights.Count > 0) first.SetWeights(last.GetWeights());
        Close(first.Call(images.permute(0, 3, 1, 2)).permute(0, 2, 3, 1), expected);
    }

    private static void Gradient(Func<Layer> make)
    {
        var before = Keras.FloatType;
        Keras.FloatType = ScalarType.Float64;
        try
        {
            using var scope = torch.NewDisposeScope();
            var layer = make();
            var images = Sample(ScalarType.Float64, 1, 5, 4, 2);
            var weighting = Sample(ScalarType.Float64, layer.Call(images).shape);
            // The layer's own parameters are the leaves, so that the checker's changes reach it.
            Gradients.Check(() => layer.Call(images).mul(weighting).sum(), [images, .. layer.Weights.Select(w => w.Value)]);
        }
        finally
        {
            Keras.FloatType = before;
        }
    }
}
