using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

// Ranges, ready-made matrices, random integers, and tensors over managed memory.
public static partial class torch
{
    private static ScalarType s_defaultType = ScalarType.Float32;
    private static Device s_defaultDevice = new(DeviceType.CPU);

    public static ScalarType get_default_dtype() => s_defaultType;

    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException("only floating-point types are supported as the default type");
        s_defaultType = dtype;
    }

    public static Device get_default_device() => s_defaultDevice;
    public static void set_default_device(Device device) => s_defaultDevice = device;
    public static void set_default_device(string device) => s_defaultDevice = new Device(device);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => input.zeros_like(dtype, device, requires_grad);
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => input.ones_like(dtype, device, requires_grad);
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => input.empty_like(dtype, device, requires_grad);
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => input.full_like(value, dtype, device, requires_grad);
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.rand_like(dtype, device, requires_grad);
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.randn_like(dtype, device, requires_grad);
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.randint_like(low, high, dtype, device, requires_grad);

    public static Tensor empty_strided(long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Aten.empty_strided.Call(size, strides, Kind(dtype), Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var whole = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        return Aten.arange_start_step.Call(start, stop, step, dtype ?? (whole ? ScalarType.Int64 : s_defaultType), Arg.None, Place(device)).Grad(requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.linspace.Call(start, end, steps, Kind(dtype), Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.logspace.Call(start, end, steps, @base, Kind(dtype), Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Aten.eye_m.Call(rows, columns == -1 ? rows : columns, Kind(dtype), Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor tril_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) => Aten.tril_indices.Call(row, col, offset, dtype, Arg.None, Place(device));
    public static Tensor triu_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) => Aten.triu_indices.Call(row, col, offset, dtype, Arg.None, Place(device));
    public static Tensor complex(Tensor real, Tensor imag) => Aten.complex.Call(real, imag);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Aten.randint_low_generator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, Array.ConvertAll(size, n => (long)n), dtype, device, requires_grad, generator);

    public static Tensor randint(int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Aten.randperm_generator.Call(n, generator, dtype ?? ScalarType.Int64, Arg.None, Place(device)).Grad(requires_grad);

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Aten.empty_memory_format.Call(size, Kind(dtype), Arg.None, Place(device)).normal_(mean, std, generator).Grad(requires_grad);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Aten.normal_Tensor_Tensor.Call(mean, std, generator);

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var element = rawArray.GetType().GetElementType()!;
        var dimensions = new long[rawArray.Rank];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = rawArray.GetLongLength(i);
        var type = ScalarTypeOf(element);
        return FromBytes(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(rawArray), checked((int)(rawArray.LongLength * type.ElementSize()))), type, dimensions, dtype, device, requires_grad);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device, false);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null)
    {
        if (dtype is null && device is null) return data.alias();
        return data.to(dtype ?? data.dtype, device ?? data.device);
    }

    /// <summary>A tensor over the memory of a managed array, without a copy; the array stays where it is until the last view of it is gone.</summary>
    public static unsafe Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (rawArray.Rank != 1) throw new InvalidOperationException("frombuffer() takes an array of one dimension.");
        var own = ScalarTypeOf(rawArray.GetType().GetElementType()!).ElementSize();
        var elements = rawArray.LongLength * own / dtype.ElementSize();
        if (offset < 0 || offset >= elements) throw new ArgumentException($"invalid value for 'offset': {offset}");
        if (count < -1 || count == 0 || count + offset > elements) throw new ArgumentException($"invalid value for 'count': {count}");
        if (count == -1) count = elements - offset;

        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint result;
        var start = (byte*)pin.AddrOfPinnedObject() + offset * dtype.ElementSize();
        var failed = Native.tss_from_blob(start, &count, 1, (int)dtype, &Unpin, (void*)GCHandle.ToIntPtr(pin), &result);
        if (failed != 0) pin.Free();
        Native.Check(failed);
        return new Tensor(result).Grad(requires_grad);
    }

    [UnmanagedCallersOnly]
    private static unsafe void Unpin(void* context) => GCHandle.FromIntPtr((nint)context).Free();

    internal static ScalarType Kind(ScalarType? dtype) => dtype ?? s_defaultType;

    internal static Device Place(Device? device) => device ?? s_defaultDevice;

    /// <summary>Sets the flag only where it is asked for.</summary>
    internal static Tensor Grad(this Tensor tensor, bool requires_grad)
    {
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    private static Tensor Filled(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var type = dtype ?? (value.Type == ScalarType.Bool ? ScalarType.Bool : is_integral(value.Type) ? ScalarType.Int64 : s_defaultType);
        return Aten.full.Call(size, value, type, Arg.None, Place(device)).Grad(requires_grad);
    }

    private static Tensor Single<T>(T value, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        Copy([value], [], dtype, device, requires_grad);

    private static T[] Raw<T>(IList<T> list) => list as T[] ?? [.. list];

    internal static Tensor Copy<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), ScalarTypeOf(typeof(T)), dimensions, dtype, device, requires_grad);

    private static unsafe Tensor FromBytes(ReadOnlySpan<byte> bytes, ScalarType type, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
    {
        long count = 1;
        foreach (var dimension in dimensions) count *= dimension;
        if (count * type.ElementSize() != bytes.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: the shape [{string.Join(", ", dimensions.ToArray())}] holds {count} elements but the array has {bytes.Length / type.ElementSize()}.");
        var tensor = Aten.empty_memory_format.Call(dimensions, type, Arg.None, CPU);
        bytes.CopyTo(new Span<byte>(tensor.Info().Data, bytes.Length));
        var place = Place(device);
        if ((dtype.HasValue && dtype.Value != type) || place.type != DeviceType.CPU) tensor = tensor.to(dtype ?? type, place, false, true);
        return tensor.Grad(requires_grad);
    }
}
