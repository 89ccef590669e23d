using DeepKeras.Activations;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Our own convolutions and their gradients against torch's in float64.</summary>
[NonParallelizable]
public sealed class FastConvolutionTests
{
    private bool _before;

    [SetUp]
    public void SwitchOn()
    {
        _before = FastConvolution.IsOn;
        FastConvolution.IsOn = true;
        if (!FastConvolution.IsOn) Assert.Ignore("this processor has no fused multiply-add (FMA)");
    }

    [TearDown]
    public void Restore() => FastConvolution.IsOn = _before;

    // Images, height, width, channels, filters, padding: whole and cut tiles, one block of tiles and several, one panel of filters and many.
    [TestCase(1, 16, 16, 32, 32, 1)]
    [TestCase(2, 13, 10, 32, 48, 1)]
    [TestCase(3, 9, 17, 48, 32, 0)]
    [TestCase(2, 11, 11, 32, 32, 2)]
    [TestCase(5, 7, 7, 64, 160, 1)]
    [TestCase(4, 50, 61, 64, 32, 1)]
    public void It_gives_what_torch_gives_in_float64(int n, int height, int width, int channels, int filters, int padding)
    {
        using var scope = torch.NewDisposeScope();
        long[] around = [padding, padding];
        Tensor[] exact = [Sample(ScalarType.Float64, n, height, width, channels).permute(0, 3, 1, 2), Sample(ScalarType.Float64, filters, 3, 3, channels).permute(0, 3, 1, 2).mul(0.1), Sample(ScalarType.Float64, filters)];
        Tensor[] quick = [.. exact.Select(t => t.to(ScalarType.Float32).requires_grad_())];
        foreach (var tensor in exact) tensor.requires_grad = true;
        Winograd.Takes(quick[0], around).Should().BeTrue();
        var expected = torch.nn.functional.conv2d(exact[0], exact[1], exact[2], [1, 1], around);
        var output = Convolve(quick[0], quick[1], quick[2], around);
        var coefficients = Sample(ScalarType.Float64, expected.shape);
        expected.mul(coefficients).sum().backward();
        output.mul(coefficients.to(ScalarType.Float32)).sum().backward();
        Alike(output, expected);
        for (var i = 0; i < 3; i++) Alike(quick[i].grad!, exact[i].grad!);
        using (torch.no_grad()) Numbers(Convolve(quick[0], quick[1], quick[2], around)).Should().Equal(Numbers(output));
        using var recording = torch.no_grad();
        Alike(Convolve(quick[0], quick[1], null, around), expected.sub(exact[2].view(-1, 1, 1)));
        var scale = Sample(ScalarType.Float64, filters);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], Plain with { Padding = around }, ActivationFunctions.OverwritingRelu, scale.to(ScalarType.Float32))!, Scaled(expected, exact[2], scale).relu());
        var addend = Sample(ScalarType.Float32, n, expected.size(2), expected.size(3), filters).permute(0, 3, 1, 2);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], Plain with { Padding = around }, null, null, addend)!, expected.add(addend.to(ScalarType.Float64)));
    }

    [Test]
    public void The_number_of_threads_changes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var (images, kernel, gradient) = (Sample(ScalarType.Float32, 3, 48, 40, 40), Sample(ScalarType.Float32, 64, 48, 3, 3), Sample(ScalarType.Float32, 3, 64, 40, 40));
        var threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            var one = All();
            torch.set_num_threads(3);
            All().Zip(one, Same).Should().AllBeEquivalentTo(true);
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        Tensor[] All() => [Winograd.Run(images, kernel, null, [1, 1]), Winograd.InputGradient(images, kernel, gradient, [1, 1]), Winograd.KernelGradient(images, kernel, gradient, [1, 1])];
    }

    [Test]
    public void Gradients_of_gradients_are_torch_s()
    {
        using var scope = torch.NewDisposeScope();
        var tensors = new[] { (Images: Sample(ScalarType.Float32, 2, 32, 12, 12), Kernel: Sample(ScalarType.Float32, 32, 32, 3, 3).mul(0.1)) }.SelectMany(t => new[] { t, (t.Images.clone(), t.Kernel.clone()) }).ToArray();
        var second = tensors.Select((pair, i) =>
        {
            var (images, kernel) = (pair.Item1.requires_grad_(), pair.Item2.requires_grad_());
            var output = i == 0 ? Convolve(images, kernel, null, [1, 1]) : torch.nn.functional.conv2d(images, kernel, null, [1, 1], [1, 1]);
            var first = torch.autograd.grad([output.square().sum()], [images, kernel], null, true, true);
            (first[0].square().sum() + first[1].square().sum()).backward();
            return (images.grad!, kernel.grad!);
        }).ToArray();
        Alike(second[0].Item1, second[1].Item1);
        Alike(second[0].Item2, second[1].Item2);
    }

    [Test]
    public void Only_what_is_asked_for_gets_a_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var (images, kernel) = (Sample(ScalarType.Float32, 1, 32, 16, 16), Sample(ScalarType.Float32, 32, 32, 3, 3));
        Convolve(images, kernel, null, [1, 1]).requires_grad.Should().BeFalse();
        kernel.requires_grad = true;
        Convolve(images, kernel, null, [1, 1]).sum().backward();
        (images.grad is null).Should().BeTrue();
        (kernel.grad is null).Should().BeFalse();
    }

    [Test]
    public void An_activation_may_overwrite_the_result()
    {
        using var scope = torch.NewDisposeScope();
        var (images, kernel) = (Sample(ScalarType.Float32, 1, 32, 16, 16), Sample(ScalarType.Float32, 32, 32, 3, 3));
        Tensor[] weights = [kernel.clone().requires_grad_(), kernel.clone().requires_grad_()];
        Convolve(images, weights[0], null, [1, 1]).relu_().square().sum().backward();
        torch.nn.functional.conv2d(images, weights[1], null, [1, 1], [1, 1]).relu().square().sum().backward();
        Alike(weights[0].grad!, weights[1].grad!);
    }

    [Test]
    public void An_image_overwritten_before_the_gradient_is_an_error()
    {
        if (typeof(Tensor).Assembly.GetName().Name == "TorchSharp") Assert.Ignore("TorchSharp ends the process where a gradient written in C# throws");
        using var scope = torch.NewDisposeScope();
        var (images, kernel) = (Sample(ScalarType.Float32, 1, 32, 16, 16), Sample(ScalarType.Float32, 32, 32, 3, 3).requires_grad_());
        var loss = Convolve(images, kernel, null, [1, 1]).sum();
        images.mul_(2);
        FluentActions.Invoking(() => loss.backward()).Should().Throw<Exception>().WithMessage("*modified by an inplace operation*");
    }

    [Test]
    public void Training_leaves_nothing_behind()
    {
        using var scope = torch.NewDisposeScope();
        var (images, kernel) = (Sample(ScalarType.Float32, 1, 32, 16, 16), Sample(ScalarType.Float32, 32, 32, 3, 3).requires_grad_());
        Leaks.None(() =>
        {
            using var step = torch.NewDisposeScope();
            Convolve(images, kernel, null, [1, 1]).sum().backward();
        });
    }

    [TestCase(64, 64, 3, 2)]
    [TestCase(24, 32, 3, 1)]
    [TestCase(32, 40, 3, 1)]
    public void Other_kernels_stay_torch_s(int channels, int filters, int size, int groups) =>
        Other(torch.empty(2, channels, 20, 20), torch.empty(filters, channels / groups, size, size), Plain with { Groups = groups });

    [Test]
    public void No_images_and_other_types_stay_torch_s()
    {
        var kernel = torch.zeros(32, 32, 3, 3);
        (FastConvolution.Run(torch.zeros(1, 32, 16, 16), kernel, null, Plain, null) is null).Should().BeFalse();
        Other(torch.empty(0, 32, 16, 16), kernel, Plain);
        Other(torch.empty(1, 64, 2, 2), torch.zeros(64, 64, 3, 3), Plain);
        Other(torch.empty(1, 32, 7, 7), kernel, Plain);
        Other(torch.empty(1, 64, 14, 14), torch.zeros(64, 64, 5, 5), Plain);
        Other(torch.empty(1, 32, 16, 16).to(ScalarType.Float64), kernel.to(ScalarType.Float64), Plain);
    }

    // Images, height, width, channels, filters, window and its strides, padding and dilation.
    [TestCase(1, 7, 7, 64, 80, 3, 3, 1, 1, 1)]
    [TestCase(3, 9, 12, 64, 64, 2, 4, 1, 2, 1)]
    [TestCase(2, 15, 14, 96, 64, 3, 3, 2, 1, 1)]
    [TestCase(2, 12, 12, 64, 64, 3, 3, 1, 4, 4)]
    [TestCase(9, 17, 17, 64, 64, 1, 7, 1, 3, 1)]
    public void Convolutions_of_few_pixels_are_torch_s_in_float64(int n, int height, int width, int channels, int filters, int rows, int columns, int stride, int padding, int dilation)
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Tensor[] exact = [Sample(ScalarType.Float64, n, height, width, channels).permute(0, 3, 1, 2), Sample(ScalarType.Float64, filters, channels, rows, columns), Sample(ScalarType.Float64, filters)];
        Tensor[] quick = [.. exact.Select(t => t.to(ScalarType.Float32))];
        var window = new ConvolutionWindow([stride, stride], [padding, padding], [dilation, dilation], 1);
        var expected = torch.nn.functional.conv2d(exact[0], exact[1], exact[2], [stride, stride], [padding, padding], [dilation, dilation]);
        Patches.Takes(quick[0], quick[1], window).Should().BeTrue();
        Alike(Patches.Run(quick[0], quick[1], quick[2], window, false, null, null), expected);
        var (scale, addend) = (Sample(ScalarType.Float64, filters), Sample(ScalarType.Float64, expected.shape));
        var sum = FastConvolution.Run(quick[0], quick[1], quick[2], window, ActivationFunctions.OverwritingRelu, scale.to(ScalarType.Float32), FastConvolution.Dense(addend.to(ScalarType.Float32)).permute(0, 3, 1, 2))!;
        Alike(sum, Scaled(expected, exact[2], scale).add(addend).relu());
    }

    [TestCase(1, 5, 7, 32, 16, 1)]
    [TestCase(2, 9, 8, 48, 80, 2)]
    [TestCase(3, 31, 20, 64, 160, 1)]
    [TestCase(1, 21, 19, 528, 512, 1)]
    public void Pointwise_convolutions_are_torch_s_in_float64(int n, int height, int width, int channels, int filters, int stride)
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Tensor[] exact = [Sample(ScalarType.Float64, n, height, width, channels).permute(0, 3, 1, 2), Sample(ScalarType.Float64, filters, channels, 1, 1), Sample(ScalarType.Float64, filters)];
        Tensor[] quick = [.. exact.Select(t => t.to(ScalarType.Float32))];
        var window = new ConvolutionWindow([stride, stride], [0, 0], [1, 1], 1);
        var expected = torch.nn.functional.conv2d(exact[0], exact[1], exact[2], [stride, stride]);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], window, null)!, expected);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], window, ActivationFunctions.OverwritingRelu)!, expected.relu());
        Alike(FastConvolution.Run(quick[0], quick[1], null, window, x => x.neg())!, exact[2].view(-1, 1, 1).sub(expected));
        var scale = Sample(ScalarType.Float64, filters);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], window, null, scale.to(ScalarType.Float32))!, Scaled(expected, exact[2], scale));
        var addend = Sample(ScalarType.Float32, n, expected.size(2), expected.size(3), filters).permute(0, 3, 1, 2);
        Alike(FastConvolution.Run(quick[0], quick[1], quick[2], window, null, null, addend)!, expected.add(addend.to(ScalarType.Float64)));
    }

    // A tail of pixels that is no whole block, by pixels and by filters; 3×3 by Winograd; few pixels by patches.
    [TestCase(1, 5, 7, 32, 16, 1, 1)]
    [TestCase(3, 31, 20, 64, 160, 1, 1)]
    [TestCase(1, 21, 19, 528, 512, 1, 1)]
    [TestCase(2, 13, 10, 32, 48, 3, 1)]
    [TestCase(2, 15, 14, 96, 64, 3, 2)]
    public void The_sum_may_take_the_addend_s_memory(int n, int height, int width, int channels, int filters, int size, int stride)
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (images, kernel) = (Sample(ScalarType.Float32, n, height, width, channels).permute(0, 3, 1, 2), Sample(ScalarType.Float32, filters, channels, size, size));
        var window = new ConvolutionWindow([stride, stride], [size / 2, size / 2], [1, 1], 1);
        var plain = FastConvolution.Run(images, kernel, null, window, null)!;
        var addend = Sample(ScalarType.Float32, n, plain.size(2), plain.size(3), filters).permute(0, 3, 1, 2);
        var apart = FastConvolution.Run(images, kernel, null, window, ActivationFunctions.OverwritingRelu, null, addend)!;
        var result = FastConvolution.Run(images, kernel, null, window, ActivationFunctions.OverwritingRelu, null, addend, overwrites: true)!;
        Numbers(result).Should().Equal(Numbers(apart));
        Numbers(addend).Should().Equal(Numbers(apart));
    }

    [Test]
    public void ReLU_on_the_way_keeps_what_is_not_a_number()
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var images = torch.zeros(1, 32, 16, 16);
        images[0, 0, 0, 0] = float.NaN;
        foreach (var (size, padding) in new[] { (1, 0), (3, 1) })
        {
            var kernel = Sample(ScalarType.Float32, 32, 32, size, size);
            var output = FastConvolution.Run(images, kernel, null, Plain with { Padding = [padding, padding] }, ActivationFunctions.OverwritingRelu)!;
            output[0, 0, 0, 0].isnan().item<bool>().Should().BeTrue();
            output[0, 0, 15, 15].item<float>().Should().Be(0);
        }
    }

    [Test]
    public void With_gradients_a_pointwise_convolution_is_torch_s() => Other(torch.zeros(1, 32, 16, 16), torch.zeros(32, 32, 1, 1).requires_grad_(), Plain with { Padding = [0, 0] });

    private static Tensor Scaled(Tensor output, Tensor bias, Tensor scale) => output.sub(bias.view(-1, 1, 1)).mul(scale.view(-1, 1, 1)).add(bias.view(-1, 1, 1));

    private static ConvolutionWindow Plain => new([1, 1], [1, 1], [1, 1], 1);

    private static void Other(Tensor images, Tensor kernel, ConvolutionWindow window) => (FastConvolution.Run(images, kernel, null, window, null) is null).Should().BeTrue();

    private static Tensor Convolve(Tensor images, Tensor kernel, Tensor? bias, long[] padding) => FastConvolution.Run(images, kernel, bias, Plain with { Padding = padding }, null)!;

    /// <summary>Within 1e-5 of the largest number.</summary>
    private static void Alike(Tensor actual, Tensor expected) => Close(actual, expected, 1e-5 * Numbers(expected).Max(Math.Abs), 0);
}
