using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A single number handed to an operator.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Tag Tag;
    internal readonly long Bits;

    private Scalar(Tag tag, long bits, ScalarType type) { Tag = tag; Bits = bits; Type = type; }

    public ScalarType Type { get; }

    internal double AsDouble => Tag == Tag.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;
    internal long AsLong => Tag == Tag.Double ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal static Scalar Of(double value, ScalarType type) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value), type);
    internal static Scalar Of(long value, ScalarType type) => new(Tag.Int, value, type);

    public static implicit operator Scalar(byte value) => Of((long)value, ScalarType.Byte);
    public static implicit operator Scalar(sbyte value) => Of((long)value, ScalarType.Int8);
    public static implicit operator Scalar(short value) => Of((long)value, ScalarType.Int16);
    public static implicit operator Scalar(int value) => Of((long)value, ScalarType.Int32);
    public static implicit operator Scalar(long value) => Of(value, ScalarType.Int64);
    public static implicit operator Scalar(Half value) => Of((double)value, ScalarType.Float16);
    public static implicit operator Scalar(float value) => Of((double)value, ScalarType.Float32);
    public static implicit operator Scalar(double value) => Of(value, ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(Tag.Bool, value ? 1 : 0, ScalarType.Bool);

    /// <summary>Nothing native is held; there for source compatibility.</summary>
    public void Dispose() { }

    public override string ToString() => Tag == Tag.Double
        ? AsDouble.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Bits.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Conversions to and from <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
