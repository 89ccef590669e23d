using System.Globalization;
using System.Text;

namespace DeepKeras.Tests.Support;

/// <summary>Making tensors from numbers, reading numbers from tensors, comparing both. Imported statically in every test.</summary>
public static class Tensors
{
    /// <summary>A float32 tensor of one axis.</summary>
    public static Tensor Vector(params float[] values) => torch.tensor(values, [values.Length]);

    /// <summary>Whether two tensors have the same shape and bit for bit the same numbers.</summary>
    public static bool Same(Tensor a, Tensor b) => a.shape.AsSpan().SequenceEqual(b.shape) && Numbers(a).AsSpan().SequenceEqual(Numbers(b));

    /// <summary>A float32 tensor of any shape.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="shape">The extents.</param>
    public static Tensor Floats(float[] values, params long[] shape) => torch.tensor(values, shape);

    /// <summary>An int64 tensor of any shape.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="shape">The extents.</param>
    public static Tensor Integers(long[] values, params long[] shape) => torch.tensor(values, shape);

    /// <summary>start, start + step, start + 2·step … in the given shape.</summary>
    public static Tensor Ramp(double start, double step, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(start + (i * step));
        return torch.tensor(values, shape);
    }

    /// <summary>Fixed numbers between −1 and 1 without a pattern: the same on every machine and for every seed.</summary>
    public static Tensor Sample(ScalarType type, params long[] shape)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
        {
            var x = Math.Sin((i + 1) * 12.9898) * 43758.5453;
            values[i] = (2 * (x - Math.Floor(x))) - 1;
        }
        using var wide = torch.tensor(values, shape);
        return wide.to(type, true);
    }

    /// <summary>All elements, row by row, as double.</summary>
    public static double[] Numbers(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var wide = tensor.detach().to(ScalarType.Float64).cpu().contiguous();
        // TorchSharp's accessor refuses what has no element.
        return wide.numel() == 0 ? [] : wide.data<double>().ToArray();
    }

    /// <summary>The only element.</summary>
    public static double Number(Tensor tensor) => Numbers(tensor).Single();

    /// <summary>Asserts equal shapes and |actual − expected| ≤ tolerance + relative·|expected| for each element; NaN equals NaN.</summary>
    public static void Close(Tensor actual, Tensor expected, double tolerance = 1e-5, double relative = 1e-5)
    {
        actual.shape.Should().Equal(expected.shape, "the shapes must agree");
        Close(actual, Numbers(expected), tolerance, relative);
    }

    /// <summary>Asserts the elements, row by row.</summary>
    public static void Close(Tensor actual, double[] expected, double tolerance = 1e-5, double relative = 1e-5)
    {
        if (Difference(Numbers(actual), expected, tolerance, relative) is { } difference) Assert.Fail(difference);
    }

    /// <summary>Asserts a tensor of one element.</summary>
    public static void Close(Tensor actual, double expected, double tolerance = 1e-5, double relative = 1e-5) =>
        Close(actual, [expected], tolerance, relative);

    /// <summary>What differs, in words, or <see langword="null"/> when nothing does.</summary>
    public static string? Difference(double[] actual, double[] expected, double tolerance, double relative)
    {
        if (actual.Length != expected.Length) return string.Create(CultureInfo.InvariantCulture, $"expected {expected.Length} numbers but got {actual.Length}");
        var wrong = 0;
        var text = new StringBuilder();
        for (var i = 0; i < actual.Length; i++)
        {
            if (IsClose(actual[i], expected[i], tolerance, relative)) continue;
            if (wrong++ < 4) text.Append(CultureInfo.InvariantCulture, $" [{i}] {actual[i]:G9} ≠ {expected[i]:G9};");
        }
        return wrong == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{wrong} of {actual.Length} numbers differ:{text}");
    }

    private static bool IsClose(double actual, double expected, double tolerance, double relative)
    {
        if (double.IsNaN(expected)) return double.IsNaN(actual);
        if (double.IsInfinity(expected)) return actual.Equals(expected);
        return Math.Abs(actual - expected) <= tolerance + (relative * Math.Abs(expected));
    }
}
