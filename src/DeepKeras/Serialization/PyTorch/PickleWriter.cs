using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DeepKeras.Serialization;

/// <summary>Writes the pickle of a state dict as PyTorch does: protocol 2, an OrderedDict of names and tensors, the storages by number.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    private PickleWriter()
    {
    }

    /// <param name="tensors">Names, types and shapes; the storage of the n-th tensor is called n.</param>
    public static byte[] Write(IReadOnlyList<TensorSource> tensors)
    {
        var writer = new PickleWriter();
        writer.Bytes([0x80, 2]);
        writer.EmptyDictionary();
        writer.Code('(');
        for (var i = 0; i < tensors.Count; i++)
        {
            writer.Text(tensors[i].Name);
            writer.Tensor(i, tensors[i]);
        }
        writer.Code('u');
        writer.Code('.');
        return [.. writer._bytes];
    }

    /// <summary><c>_rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())</c>.</summary>
    private void Tensor(int index, TensorSource tensor)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Code('(');
        Code('(');
        Text("storage");
        Global("torch", StorageType.Name(tensor.Dtype));
        Text(index.ToString(CultureInfo.InvariantCulture));
        Text("cpu");
        Number(tensor.Shape.Aggregate(1L, (a, b) => a * b));
        Code('t');
        Code('Q');
        Number(0);
        Numbers(tensor.Shape);
        Numbers(Strides(tensor.Shape));
        _bytes.Add(0x89);
        EmptyDictionary();
        Code('t');
        Code('R');
    }

    private static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        var step = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Math.Max(shape[axis], 1);
        }
        return strides;
    }

    private void Numbers(long[] values)
    {
        Code('(');
        foreach (var value in values) Number(value);
        Code('t');
    }

    private void EmptyDictionary()
    {
        Global("collections", "OrderedDict");
        Code(')');
        Code('R');
    }

    private void Global(string module, string name) => Bytes(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Code('X');
        Bytes(length);
        Bytes(bytes);
    }

    /// <summary>In one byte, in four, or in eight with their number in front.</summary>
    private void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value is >= 0 and < 256)
        {
            Code('K');
            Bytes(bytes[..1]);
        }
        else if (value is >= int.MinValue and <= int.MaxValue)
        {
            Code('J');
            Bytes(bytes[..4]);
        }
        else
        {
            Bytes([0x8A, sizeof(long)]);
            Bytes(bytes);
        }
    }

    private void Code(char opcode) => _bytes.Add((byte)opcode);

    private void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);
}
