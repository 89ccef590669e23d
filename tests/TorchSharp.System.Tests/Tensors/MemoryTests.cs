using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>Views, managed memory under a tensor, reading and writing elements.</summary>
public class MemoryTests
{
    [Test]
    public void A_view_shares_memory_and_has_its_own_strides()
    {
        using var scope = NewDisposeScope();
        var a = arange(0, 24).reshape(2, 3, 4);
        a.stride().Should().Equal(12, 4, 1);
        a.is_contiguous().Should().BeTrue();
        var p = a.permute(0, 2, 1);
        p.shape.Should().Equal(2, 4, 3);
        p.stride().Should().Equal(12, 1, 4);
        p.is_contiguous().Should().BeFalse();
        p.contiguous().stride().Should().Equal(12, 3, 1);
        a[1, 2, 3].storage_offset().Should().Be(23);
        p[0, 0, 0] = tensor(100L);
        a[0, 0, 0].item<long>().Should().Be(100);
        a.alias().fill_(7);
        p.sum().item<long>().Should().Be(7 * 24);
        a.size(-1).Should().Be(4);
        ((Action)(() => a.size(3))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Channels_last_is_a_permuted_contiguous_tensor()
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 5, 6, 3);
        var w = randn(4, 3, 3, 3);
        var y = nn.functional.conv2d(x.permute(0, 3, 1, 2), w);
        y.allclose(nn.functional.conv2d(x.permute(0, 3, 1, 2).contiguous(), w), 1e-4, 1e-5).Should().BeTrue();
        y.permute(0, 2, 3, 1).is_contiguous().Should().BeTrue("libtorch keeps channels last");
    }

    [Test]
    public void Writing_by_index()
    {
        using var scope = NewDisposeScope();
        var a = zeros(3, 4);
        a[0] = ones(4);
        a[1, 2] = tensor(5f);
        a[TensorIndex.Ellipsis, 0] = tensor(9f);
        a[2, 1..3] = tensor(new[] { 3f, 4f });
        a.data<float>().ToArray().Should().Equal(9, 1, 1, 1, 9, 0, 5, 0, 9, 3, 4, 0);
        a[a.gt(8)] = tensor(-1f);
        a[TensorIndex.Tensor(tensor(new[] { 0L, 2 })), TensorIndex.Single(3)] = tensor(8f);
        a.data<float>().ToArray().Should().Equal(-1, 1, 1, 8, -1, 0, 5, 0, -1, 3, 4, 8);
        a.index_put_(6, TensorIndex.Colon, 1);
        a[TensorIndex.Colon, 1].data<float>().ToArray().Should().Equal(6, 6, 6);
        a[^1, ^1].item<float>().Should().Be(8);
        ((Action)(() => _ = a[0, 0, 0])).Should().Throw<ArgumentException>().WithMessage("*too many indices*");
    }

    [Test]
    public void A_mask_before_a_slice_stands_for_all_its_dimensions()
    {
        using var scope = NewDisposeScope();
        var a = arange(0, 24).reshape(2, 3, 4);
        var mask = a.select(2, 0).remainder(8).eq(0);
        a[TensorIndex.Tensor(mask), 1..3].data<long>().ToArray().Should().Equal(1, 2, 9, 10, 17, 18);
    }

    [Test]
    public void Frombuffer_shares_the_array_and_keeps_it_alive()
    {
        var array = new float[] { 1, 2, 3, 4, 5, 6 };
        using var shared = frombuffer(array, ScalarType.Float32);
        array[0] = 10;
        shared[0].item<float>().Should().Be(10);
        shared[5] = tensor(60f);
        array[5].Should().Be(60);
        using var part = frombuffer(array, ScalarType.Float32, 2, 3);
        part.data<float>().ToArray().Should().Equal(4, 5);
        using var reread = frombuffer(new byte[] { 1, 0, 0, 0 }, ScalarType.Int32);
        reread.item<int>().Should().Be(1);
        ((Action)(() => frombuffer(array, ScalarType.Float32, 9))).Should().Throw<ArgumentException>();
    }

    [Test]
    public void Frombuffer_lets_the_array_go_with_the_last_view()
    {
        var (view, weak) = Make();
        Collect();
        weak.IsAlive.Should().BeTrue("a view still reads it");
        view.sum().ToDouble().Should().Be(3);
        view.Dispose();
        Collect();
        weak.IsAlive.Should().BeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Tensor, WeakReference) Make()
        {
            var array = new float[] { 1, 1, 1, 1 };
            using var whole = frombuffer(array, ScalarType.Float32);
            return (whole.narrow(0, 1, 3), new WeakReference(array));
        }

        static void Collect()
        {
            for (var i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
        }
    }

    [Test]
    public void Arrays_of_any_rank_are_copied()
    {
        using var scope = NewDisposeScope();
        var source = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        var a = tensor(source);
        source[0, 0] = 99;
        a.shape.Should().Equal(2, 3);
        a.data<float>().ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        from_array(new long[2, 2, 2], null).shape.Should().Equal(2, 2, 2);
        tensor(new[] { 1, 2 }, ScalarType.Float64).dtype.Should().Be(ScalarType.Float64);
        tensor(new List<double> { 1, 2, 3, 4 }, 2, 2).shape.Should().Equal(2, 2);
        tensor(true).dtype.Should().Be(ScalarType.Bool);
        new[] { 1f, 2f }.ToTensor([2, 1]).shape.Should().Equal(2, 1);
        ((Action)(() => tensor(new[] { 1f }, [2, 2]))).Should().Throw<ArgumentException>().WithMessage("*holds 4 elements*");
    }

    [Test]
    public void Elements_are_read_and_written_in_logical_order()
    {
        using var scope = NewDisposeScope();
        var a = arange(0, 6, 1, ScalarType.Float32).reshape(2, 3);
        var t = a.t();
        t.data<float>().ToArray().Should().Equal(0, 3, 1, 4, 2, 5);
        t.data<float>()[2, 1].Should().Be(5);
        t.data<float>()[1].Should().Be(3);
        var access = t.data<float>();
        access[0, 1] = 30;
        a[1, 0].item<float>().Should().Be(30);
        access.CopyFrom(new float[] { 1, 2, 3, 4, 5, 6 });
        a.data<float>().ToArray().Should().Equal(1, 3, 5, 2, 4, 6);
        var target = new float[4];
        a.data<float>().CopyTo(target, 1, 3);
        target.Should().Equal(0, 2, 4, 6);
        ((float[,])a.data<float>().ToNDArray())[1, 2].Should().Be(6);
        access.Count.Should().Be(6);
        ((Action)(() => a.data<double>())).Should().Throw<ArgumentException>().WithMessage("Double is not compatible with Float32");
        ((Action)(() => _ = access[7])).Should().Throw<IndexOutOfRangeException>();
    }

    [Test]
    public void Bytes_and_single_numbers()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1, 256 });
        a.bytes.ToArray().Should().Equal(1, 0, 0, 0, 0, 1, 0, 0);
        a.bytes = new byte[] { 2, 0, 0, 0, 3, 0, 0, 0 };
        a.data<int>().ToArray().Should().Equal(2, 3);
        ((float)tensor(2.5)).Should().Be(2.5f);
        tensor(3L).ToInt32().Should().Be(3);
        tensor(1.5f).to(ScalarType.BFloat16).ToSingle().Should().Be(1.5f);
        ((Action)(() => a.item<int>())).Should().Throw<ArgumentException>().WithMessage("*must be 1*");
        ((Action)(() => _ = ones(2, 3).t().bytes)).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void Text_is_readable()
    {
        using var scope = NewDisposeScope();
        var a = arange(0, 4, 1, ScalarType.Float32).reshape(2, 2);
        a.ToString().Should().Be("[2x2], type = Float32, device = cpu");
        a.str().ReplaceLineEndings("\n").Should().Be("[2x2], type = Float32, device = cpu\n[[0, 1],\n [2, 3]]");
        arange(0, 100).str().Should().EndWith("[0, 1, 2, ..., 97, 98, 99]");
    }

    [Test]
    public void A_tensor_goes_to_a_file_and_back()
    {
        using var scope = NewDisposeScope();
        var path = Path.GetTempFileName();
        var a = randn(3, 4).t();
        a.save(path);
        var b = Tensor.load(path);
        b.shape.Should().Equal(4, 3);
        a.allclose(b).Should().BeTrue();
        File.Delete(path);
    }

    [Test]
    public void Zero_hands_back_a_second_object_as_in_TorchSharp()
    {
        using var scope = NewDisposeScope();
        var a = ones(3);
        var b = a.zero_();
        b.Should().NotBeSameAs(a);
        a.sum().item<float>().Should().Be(0);
        b.fill_(2);
        a.sum().item<float>().Should().Be(6, "both are over the same memory");
    }

    [Test]
    public void An_empty_matrix_has_no_elements_to_read_as_in_TorchSharp()
    {
        using var scope = NewDisposeScope();
        zeros(0).data<float>().ToArray().Should().BeEmpty();
        ((Action)(() => zeros(0, 5).data<float>().ToArray())).Should().Throw<ArgumentOutOfRangeException>();
    }
}
