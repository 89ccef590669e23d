using static TorchSharp.torch;

namespace TorchSharp.Tests.Runtime;

/// <summary>Recording on and off, threads, autograd's own functions, the version.</summary>
[NonParallelizable]
public class ModeTests
{
    [Test]
    public void No_grad_stops_recording_and_gives_back()
    {
        using var scope = NewDisposeScope();
        var a = ones([2], requires_grad: true);
        is_grad_enabled().Should().BeTrue();
        using (no_grad())
        {
            is_grad_enabled().Should().BeFalse();
            (a * 2).requires_grad.Should().BeFalse();
            using (enable_grad()) (a * 2).requires_grad.Should().BeTrue();
            using (set_grad_enabled(false)) is_grad_enabled().Should().BeFalse();
        }

        (a * 2).requires_grad.Should().BeTrue();
    }

    [Test]
    public void Inference_mode_makes_tensors_that_autograd_refuses()
    {
        using var scope = NewDisposeScope();
        var weight = ones([2], requires_grad: true);
        Tensor made;
        using (inference_mode())
        {
            is_inference_mode_enabled().Should().BeTrue();
            made = weight * 2;
            made.requires_grad.Should().BeFalse();
        }

        is_inference_mode_enabled().Should().BeFalse();
        ((Action)(() => weight.mul(made))).Should().Throw<System.Runtime.InteropServices.ExternalException>().WithMessage("*Inference tensors cannot be saved for backward*");
    }

    [Test]
    public void Modes_belong_to_their_thread()
    {
        using var still = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        elsewhere.Should().BeTrue();
    }

    [Test]
    public void Backward_adds_up_and_grad_can_be_set()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.0, 2 }, requires_grad: true);
        (a.grad is null).Should().BeTrue();
        (a * a).sum().backward();
        (a * 3).sum().backward();
        a.grad!.data<double>().ToArray().Should().Equal(5, 7);
        a.grad = zeros(2, ScalarType.Float64);
        (a * a).backward([tensor(new[] { 1.0, 10 })]);
        a.grad!.data<double>().ToArray().Should().Equal(2, 40);
        a.grad = null;
        (a.grad is null).Should().BeTrue();
        var b = a * 2;
        b.retain_grad();
        b.is_leaf.Should().BeFalse();
        (b * b).sum().backward();
        b.grad!.data<double>().ToArray().Should().Equal(4, 8);
        b.detach().requires_grad.Should().BeFalse();
    }

    [Test]
    public void Derivatives_of_derivatives()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        first.item<double>().Should().Be(27);
        autograd.grad([first], [x])[0].item<double>().Should().Be(18);
        var unused = ones([1], requires_grad: true);
        (autograd.grad([x * 2], [unused], allow_unused: true)[0] is null).Should().BeTrue();
        ((Action)(() => autograd.grad([x * 2], [unused]))).Should().Throw<System.Runtime.InteropServices.ExternalException>().WithMessage("*not have been used in the graph*");
        autograd.backward(x * 5);
        x.grad!.item<double>().Should().Be(5);
    }

    [Test]
    public void It_computes_on_more_than_one_processor_unless_told_otherwise()
    {
        var told = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? Environment.GetEnvironmentVariable("MKL_NUM_THREADS");
        if (told is not null || Environment.ProcessorCount == 1) Assert.Ignore("This machine has one processor, or its environment sets the number of threads.");
        get_num_threads().Should().BeGreaterThan(1);
    }

    [Test]
    public void Threads_can_be_set_and_read()
    {
        var before = get_num_threads();
        set_num_threads(1);
        get_num_threads().Should().Be(1);
        set_num_threads(before);
        get_num_interop_threads().Should().BePositive();
    }

    [Test]
    public void Several_threads_compute_at_once()
    {
        var sums = new double[4];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            using var scope = NewDisposeScope();
            for (var k = 0; k < 200; k++)
            {
                using var inner = NewDisposeScope();
                var a = full([8, 8], (float)i, requires_grad: true);
                a.matmul(a).sum().backward();
                sums[i] += a.grad!.sum().ToDouble();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        sums.Should().Equal(0, 200 * 8 * 8 * 16, 200 * 2 * 8 * 8 * 16, 200 * 3 * 8 * 8 * 16);
    }

    [Test]
    public void The_version_and_the_devices_are_known()
    {
        __version__.Should().MatchRegex(@"^\d+\.\d+");
        TryInitializeDeviceType(DeviceType.CPU).Should().BeTrue();
        cuda.device_count().Should().BeGreaterThanOrEqualTo(0);
        backends.cuda.matmul.allow_tf32 = false;
        backends.cuda.matmul.allow_tf32.Should().BeFalse();
    }

    [Test]
    public void Cuda_computes_what_the_cpu_computes()
    {
        if (!cuda.is_available()) Assert.Ignore("no CUDA device, or a libtorch without CUDA");
        using var scope = NewDisposeScope();
        var a = randn(16, 16);
        var b = a.cuda().matmul(a.cuda());
        b.device.type.Should().Be(DeviceType.CUDA);
        cuda.synchronize();
        b.cpu().allclose(a.matmul(a), 1e-3, 1e-4).Should().BeTrue();
        nn.Linear(16, 4).to(DeviceType.CUDA).call(a.cuda()).is_cuda.Should().BeTrue();
    }
}
