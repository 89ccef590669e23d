using DeepKeras.Layers;
using DeepKeras.Regularizers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class Conv2DTests
{
    [Test]
    public void Defaults_are_those_of_Keras()
    {
        var layer = new Conv2D(8, 3);
        layer.KernelSize.Should().Be(new Size2D(3, 3));
        layer.Strides.Should().Be(new Size2D(1, 1));
        layer.DilationRate.Should().Be(new Size2D(1, 1));
        layer.Padding.Mode.Should().Be(PaddingMode.Valid);
        layer.Groups.Should().Be(1);
        layer.UseBias.Should().BeTrue();
        layer.Activation.IsLinear.Should().BeTrue();
        layer.KernelInitializer.GetType().Name.Should().Be("GlorotUniform");
        layer.BiasInitializer.GetType().Name.Should().Be("Zeros");
    }

    [Test]
    public void Weights_are_shown_in_Keras_layout_and_held_in_channels_last_memory()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv2D(6, (5, 3), groups: 2, kernelRegularizer: "l2");
        _ = layer.Call(Sample(ScalarType.Float32, 1, 8, 8, 4));

        layer.Weights.Select(w => w.Path).Should().Equal($"{layer.Name}/kernel", $"{layer.Name}/bias");
        layer.Weights[0].Shape.Should().Equal(5, 3, 2, 6);
        layer.Weights[0].Regularizer.Should().BeOfType<L2>();
        layer.Weights[0].Value.shape.Should().Equal(6, 2, 5, 3);
        layer.Weights[0].Value.permute(0, 2, 3, 1).is_contiguous().Should().BeTrue();
        layer.CountParams().Should().Be((5 * 3 * 2 * 6) + 6);
    }

    [Test]
    public void Softmax_runs_over_the_last_surface_axis()
    {
        using var scope = torch.NewDisposeScope();
        var sums = new Conv2D(5, 3, activation: "softmax").Call(Sample(ScalarType.Float32, 2, 6, 7, 3)).sum(-1);
        Close(sums, torch.ones(sums.shape));
    }

    [Test]
    public void A_built_layer_takes_images_of_other_sizes()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv2D(2, 3, 2, "same");
        layer.Call(Sample(ScalarType.Float32, 1, 7, 7, 1)).shape.Should().Equal(1, 4, 4, 2);
        layer.Call(Sample(ScalarType.Float32, 1, 8, 5, 1)).shape.Should().Equal(1, 4, 3, 2);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_transposed_kernel_of_any_number_of_channels_lies_in_channels_last_memory_and_learns(long channels)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv2DTranspose(3, (2, 4));
        layer.Call(Sample(ScalarType.Float32, 1, 3, 3, channels), training: true).sum().backward();
        var kernel = layer.Weights[0].Value;
        kernel.shape.Should().Equal(channels, 3, 2, 4);
        // libtorch 2.10 cannot compute the gradient where an axis of one cell has another stride than this.
        kernel.stride().Should().Equal(24, 1, 12, 3);
        kernel.grad.Should().NotBeNull();
    }

    [Test]
    public void Same_at_stride_one_with_an_odd_kernel_keeps_a_shifted_delta_in_place()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv2D(1, (3, 3), padding: "same", useBias: false);
        var images = Sample(ScalarType.Float32, 1, 4, 5, 1);
        _ = layer.Call(images);
        var identity = new float[9];
        identity[4] = 1;
        layer.SetWeights([Floats(identity, 3, 3, 1, 1)]);
        Close(layer.Call(images), images);
    }

    [Test]
    public void Steps_leave_no_tensor_behind()
    {
        var layer = new Conv2D(3, 3, 2, "same", activation: "relu");
        using var images = Sample(ScalarType.Float32, 2, 7, 7, 2);
        Leaks.None(() =>
        {
            using var scope = torch.NewDisposeScope();
            layer.Call(images, training: true).sum().backward();
        });
    }
}
