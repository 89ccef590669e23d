using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle { Default, Metadata, Julia, Numpy, CSharp }

/// <summary>Conversions, text and files for tensors.</summary>
public static class TensorExtensionMethods
{
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static ReadOnlySpan<int> IntShape(this Tensor tensor) => Array.ConvertAll(tensor.shape, n => (int)n);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"{type} has no known size."),
    };

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        var type = ScalarTypeOf(typeof(T));
        if (doCopy) { using var flat = from_array(rawArray, type); return flat.reshape(dimensions).Grad(requires_grad); }
        using var shared = frombuffer(rawArray, type);
        return shared.reshape(dimensions).Grad(requires_grad);
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct
    {
        using var one = from_array(new[] { scalar }, null, device);
        return one.reshape([]).Grad(requires_grad);
    }

    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();
    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    public static string str(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    public static string metastr(this Tensor tensor) => tensor.ToString();

    public static Tensor print(this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, System.Globalization.CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
        return t;
    }

    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var local = tensor.detach();
        using var packed = local.device_type == DeviceType.CPU && local.is_contiguous() ? local.alias() : local.cpu().contiguous();
        writer.Write7BitEncodedInt((int)tensor.dtype);
        var shape = tensor.shape;
        writer.Write7BitEncodedInt(shape.Length);
        foreach (var size in shape) writer.Write7BitEncodedInt64(size);
        writer.Write(packed.bytes);
    }

    public static void Save(this Tensor tensor, Stream stream) => tensor.Save(new BinaryWriter(stream));

    public static void Save(this Tensor tensor, string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        tensor.Save(writer);
    }

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = Load(reader, skip);
        if (skip) return;
        if (!loaded.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading: expected [{string.Join(", ", tensor.shape)}] but the file has [{string.Join(", ", loaded.shape)}].");
        using var still = no_grad();
        tensor.copy_(loaded);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt();
        var shape = new long[reader.Read7BitEncodedInt()];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.Read7BitEncodedInt64();
        var tensor = empty(skip ? [0] : shape, type, CPU);
        if (!skip) reader.BaseStream.ReadExactly(tensor.bytes);
        else for (var rest = shape.TotalSize() * type.ElementSize(); rest > 0;) rest -= reader.ReadBytes((int)Math.Min(rest, 1 << 20)).Length is > 0 and var read ? read : throw new EndOfStreamException();
        return tensor;
    }
}
