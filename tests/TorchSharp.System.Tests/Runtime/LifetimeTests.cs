using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Runtime;

/// <summary>Native memory comes back, whoever forgets what; a wrong use is an exception, never a crash.</summary>
[NonParallelizable]
public class LifetimeTests
{
    [Test]
    public void Forgotten_tensors_are_freed_by_the_collector()
    {
        Collect();
        var before = Tensor.TotalCount;
        Forget(5_000);
        Tensor.TotalCount.Should().BeGreaterThan(before);
        Collect();
        Tensor.TotalCount.Should().BeLessThanOrEqualTo(before + 5);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(int count)
        {
            for (var i = 0; i < count; i++) _ = ones(4);
        }
    }

    [Test]
    public void The_collector_does_not_free_what_an_operation_still_reads()
    {
        using var still = no_grad();
        var stop = false;
        var collector = new Thread(() => { while (!Volatile.Read(ref stop)) { GC.Collect(0); GC.WaitForPendingFinalizers(); } });
        collector.Start();
        try
        {
            for (var i = 0; i < 500; i++)
            {
                using var sum = Temporary(1).add(Temporary(2)).add(Temporary(3).mul(Temporary(4)));
                sum.sum().ToDouble().Should().Be(64 * 15);
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            collector.Join();
        }

        static Tensor Temporary(float value) => full(64, value);
    }

    [Test]
    public void A_disposed_tensor_says_so()
    {
        var a = ones(2);
        using var b = ones(2);
        a.Dispose();
        a.IsInvalid.Should().BeTrue();
        a.ToString().Should().Contain("disposed");
        foreach (var use in new Action[] { () => a.add(1), () => b.add(a), () => a.shape.ToString(), () => a.dtype.ToString(), () => a.grad?.Dispose(), () => a.Handle.ToString(), () => cat([b, a]), () => a.backward(), () => a.item<float>() })
            use.Should().Throw<ObjectDisposedException>().WithMessage("*disposed*").And.Should().BeAssignableTo<InvalidOperationException>();
    }

    [Test]
    public void Libtorchs_own_words_reach_the_caller()
    {
        using var scope = NewDisposeScope();
        ((Action)(() => ones(2, 3).matmul(ones(4, 5)))).Should().Throw<ExternalException>().WithMessage("*mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)*");
        ((Action)(() => ones(2, 3).add(ones(4, 5)))).Should().Throw<ExternalException>().WithMessage("*must match the size of tensor b*");
        ((Action)(() => ones(2).backward())).Should().Throw<ExternalException>().WithMessage("*does not require grad*");
        ((Action)(() => ones(2).select(0, 5))).Should().Throw<ExternalException>().WithMessage("*out of range*");
        ((Action)(() => ones(2, 2).view(3))).Should().Throw<ExternalException>().WithMessage("*shape '[3]' is invalid for input of size 4*");
    }

    [Test]
    public void Memory_is_flat_over_many_steps()
    {
        using var weight = randn([256, 256], requires_grad: true);
        using var x = randn(32, 256);
        for (var i = 0; i < 20; i++) Step();
        var tensors = Tensor.TotalCount;
        var managed = GC.GetAllocatedBytesForCurrentThread();
        var resident = Resident();
        for (var i = 0; i < 1_000; i++) Step();
        Tensor.TotalCount.Should().Be(tensors);
        (Resident() - resident).Should().BeLessThan(64L << 20);
        ((GC.GetAllocatedBytesForCurrentThread() - managed) / 1_000).Should().BeLessThan(4_000, "a step makes small objects only");

        void Step()
        {
            using var scope = NewDisposeScope();
            var loss = x;
            for (var k = 0; k < 3; k++) loss = loss.matmul(weight).tanh();
            loss.square().mean().backward();
            using var still = no_grad();
            weight.sub_(weight.grad!.mul(0.01));
            weight.grad = null;
        }
    }

    [Test]
    public void Ten_thousand_operations_leave_nothing()
    {
        using var a = ones(8);
        var before = Tensor.TotalCount;
        for (var i = 0; i < 10_000; i++)
        {
            using var scope = NewDisposeScope();
            _ = a.add(1);
        }

        Tensor.TotalCount.Should().Be(before);
    }

    [Test]
    public void An_operation_costs_little_more_than_libtorch_itself()
    {
        using var still = no_grad();
        using var a = ones(1);
        using var b = ones(1);
        var best = double.MaxValue;
        for (var round = 0; round < 15; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 10_000; i++) a.add(b).Dispose();
            best = Math.Min(best, watch.Elapsed.TotalNanoseconds / 10_000);
        }

        TestContext.Out.WriteLine($"add + dispose: {best:F0} ns");
        best.Should().BeLessThan(10_000, "it is about 900 ns on an idle core; a slow machine may take longer");
    }

    [Test]
    public void An_operation_allocates_only_its_tensor()
    {
        using var still = no_grad();
        using var a = ones(1);
        using var b = ones(1);
        for (var i = 0; i < 100; i++) a.add(b).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) a.add(b).Dispose();
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThanOrEqualTo(64);
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
