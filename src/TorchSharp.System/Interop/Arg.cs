using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An argument of an operator call. It keeps the managed object alive until the call is over.</summary>
internal readonly struct Arg
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly Tag Tag;

    private Arg(Tag tag, long bits, object? reference = null) { Tag = tag; Bits = bits; Reference = reference; }

    /// <summary>Nothing (Python's None).</summary>
    internal static Arg None => default;

    /// <summary>What the operator's schema says when the argument is left out.</summary>
    internal static Arg Default => new(Tag.Default, 0);

    internal static Arg List(Tensor?[] tensors) => new(Tag.TensorList, 0, tensors);

    public static implicit operator Arg(Tensor? value) => value is null ? default : new(Tag.Tensor, 0, value);
    public static implicit operator Arg(long value) => new(Tag.Int, value);
    public static implicit operator Arg(int value) => new(Tag.Int, value);
    public static implicit operator Arg(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static implicit operator Arg(long? value) => value.HasValue ? value.Value : None;
    public static implicit operator Arg(double? value) => value.HasValue ? value.Value : None;
    public static implicit operator Arg(bool? value) => value.HasValue ? value.Value : None;
    public static implicit operator Arg(Scalar? value) => value is null ? default : new(value.Tag, value.Bits);
    public static implicit operator Arg(ScalarType value) => new(Tag.Int, (long)value);
    public static implicit operator Arg(ScalarType? value) => value.HasValue ? value.Value : None;
    public static implicit operator Arg(Device? value) => value is null ? default : new(Tag.Device, (long)value.type, value);
    public static implicit operator Arg(Generator? value) => value is null ? default : new(Tag.Generator, 0, value);
    public static implicit operator Arg(long[]? value) => value is null ? default : new(Tag.IntList, 0, value);
    public static implicit operator Arg(ReadOnlySpan<long> value) => new(Tag.IntList, 0, value.ToArray());
    public static implicit operator Arg(double[]? value) => value is null ? default : new(Tag.DoubleList, 0, value);
    public static implicit operator Arg(bool[]? value) => value is null ? default : new(Tag.BoolList, 0, value);
    public static implicit operator Arg(string? value) => value is null ? default : new(Tag.String, 0, value);
}
