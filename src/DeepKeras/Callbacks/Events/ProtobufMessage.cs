using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DeepKeras.Callbacks;

/// <summary>A message in Protocol Buffers' wire format (protobuf.dev/programming-guides/encoding): fields are added in the order of their numbers.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds a whole number; 0 is what a reader takes a missing one for.</summary>
    public ProtobufMessage Add(int field, long value)
    {
        if (value == 0) return this;
        WriteVarint(((ulong)field << 3) | Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        WriteVarint(((ulong)field << 3) | Fixed64);
        _bytes.Write(bytes);
        return this;
    }

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Bytes);

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(((ulong)field << 3) | LengthDelimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void WriteVarint(ulong value)
    {
        for (; value > 127; value >>= 7) _bytes.Write([(byte)(value | 128)]);
        _bytes.Write([(byte)value]);
    }
}
