using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepKeras.Data;

/// <summary>C# arrays to tensors.</summary>
internal static class Arrays
{
    /// <summary>A copy of an array of any rank; double becomes <see cref="Keras.FloatType"/>, other types stay what they are.</summary>
    public static Tensor ToTensor(Array array)
    {
        var element = array.GetType().GetElementType()!;
        if (element.IsArray) return ToTensor(Rectangular(array));
        var dtype = TypeOf(element);
        var shape = new long[array.Rank];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = array.GetLongLength(axis);
        var tensor = torch.empty(shape, dtype);
        if (array.Length > 0)
        {
            var from = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), checked((int)(array.LongLength * Marshal.SizeOf(element == typeof(bool) ? typeof(byte) : element))));
            from.CopyTo(tensor.bytes);
        }
        if (dtype != ScalarType.Float64 || Keras.FloatType == ScalarType.Float64) return tensor;
        using (tensor) return tensor.to_type(Keras.FloatType);
    }

    private static ScalarType TypeOf(Type element) =>
        element == typeof(float) ? ScalarType.Float32
        : element == typeof(double) ? ScalarType.Float64
        : element == typeof(byte) ? ScalarType.Byte
        : element == typeof(sbyte) ? ScalarType.Int8
        : element == typeof(short) ? ScalarType.Int16
        : element == typeof(int) ? ScalarType.Int32
        : element == typeof(long) ? ScalarType.Int64
        : element == typeof(bool) ? ScalarType.Bool
        : throw Throw.ArrayType(element);

    private static Array Rectangular(Array rows)
    {
        var first = rows.Length == 0 ? throw Throw.EmptyData("the array of arrays") : (Array)rows.GetValue(0)!;
        var inner = first.GetType().GetElementType()!;
        if (inner.IsArray) first = Rectangular(first);
        var shape = new int[first.Rank + 1];
        shape[0] = rows.Length;
        for (var axis = 0; axis < first.Rank; axis++) shape[axis + 1] = first.GetLength(axis);
        var leaf = first.GetType().GetElementType()!;
        var whole = Array.CreateInstance(leaf, shape);
        var size = Marshal.SizeOf(leaf == typeof(bool) ? typeof(byte) : leaf);
        var to = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(whole), whole.Length * size);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = (Array)rows.GetValue(i)!;
            if (row.GetType().GetElementType()!.IsArray) row = Rectangular(row);
            if (row.Length != first.Length) throw Throw.RaggedArray(i, first.Length, row.Length);
            MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(row), row.Length * size).CopyTo(to[(i * row.Length * size)..]);
        }
        return whole;
    }
}
