using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>Element types, devices, numbers on either side.</summary>
public class ConversionTests
{
    [TestCase(ScalarType.Byte)]
    [TestCase(ScalarType.Int8)]
    [TestCase(ScalarType.Int16)]
    [TestCase(ScalarType.Int32)]
    [TestCase(ScalarType.Int64)]
    [TestCase(ScalarType.Float16)]
    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    [TestCase(ScalarType.BFloat16)]
    public void Every_type_goes_there_and_back(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 0f, 1, 2, 100 }).to(type);
        a.dtype.Should().Be(type);
        (a.ElementSize * 4).Should().Be(type.ElementSize() * 4);
        a.to(ScalarType.Float32).data<float>().ToArray().Should().Equal(0, 1, 2, 100);
        is_floating_point(type).Should().Be(a.is_floating_point());
        is_integral(type).Should().Be(a.is_integral());
    }

    [Test]
    public void Defaults_follow_the_arguments()
    {
        using var scope = NewDisposeScope();
        arange(3).dtype.Should().Be(ScalarType.Int64);
        arange(0, 1, 0.25).dtype.Should().Be(ScalarType.Float32);
        zeros(2).dtype.Should().Be(ScalarType.Float32);
        full(2, 1).dtype.Should().Be(ScalarType.Int64);
        full(2, 1f).dtype.Should().Be(ScalarType.Float32);
        randint(5, [2]).dtype.Should().Be(ScalarType.Int64);
        (tensor(1) + 0.5).dtype.Should().Be(ScalarType.Float32);
        (tensor(1f) + 1).dtype.Should().Be(ScalarType.Float32);
        (tensor(1) + tensor(1L)).dtype.Should().Be(ScalarType.Int64);
        set_default_dtype(ScalarType.Float64);
        try { ones(1).dtype.Should().Be(ScalarType.Float64); }
        finally { set_default_dtype(ScalarType.Float32); }
    }

    [Test]
    public void To_shares_where_nothing_changes_and_copies_when_asked()
    {
        using var scope = NewDisposeScope();
        var a = ones(2);
        a.to(ScalarType.Float32).add_(1);
        a.sum().ToSingle().Should().Be(4);
        a.to(ScalarType.Float32, true).add_(1);
        a.sum().ToSingle().Should().Be(4);
        a.cpu().add_(1);
        a.sum().ToSingle().Should().Be(6);
        var b = ones(2);
        b.to(ScalarType.Float64, false, true).dtype.Should().Be(ScalarType.Float64);
        b.IsInvalid.Should().BeTrue();
    }

    [Test]
    public void Devices_have_names()
    {
        device("cpu").ToString().Should().Be("cpu");
        device("cuda:1").index.Should().Be(1);
        device(DeviceType.CUDA, 0).ToString().Should().Be("cuda:0");
        ((Action)(() => device("tpu"))).Should().Throw<ArgumentException>();
        using var meta = zeros(3, 4, device: META);
        meta.is_meta.Should().BeTrue();
        meta.shape.Should().Equal(3, 4);
        if (!cuda.is_available()) ((Action)(() => ones(1).cuda())).Should().Throw<InvalidOperationException>().WithMessage("*CUDA*");
    }

    [Test]
    public void Comparing_gives_a_tensor_and_null_is_asked_with_is()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1, 2, 3 });
        (a == 2).data<bool>().ToArray().Should().Equal(false, true, false);
        (1 < a).data<bool>().ToArray().Should().Equal(false, true, true);
        a.Equals(tensor(new[] { 1, 2, 3 })).Should().BeTrue();
        a.Equals(tensor(new[] { 1, 2, 4 })).Should().BeFalse();
        (~(a > 1) | (a >= 3)).data<bool>().ToArray().Should().Equal(true, false, true);
        (-a).sum().ToInt64().Should().Be(-6);
        ReferenceEquals(a, null).Should().BeFalse();
    }

    [Test]
    public void Limits_of_types()
    {
        finfo(ScalarType.Float32).eps.Should().Be(1.1920928955078125e-07);
        max_int_value(ScalarType.Int8).Should().Be(127);
        promote_types(ScalarType.Int32, ScalarType.Float16).Should().Be(ScalarType.Float16);
        can_cast(ScalarType.Float32, ScalarType.Int32).Should().BeFalse();
    }
}
