using System.Collections;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor in CPU memory, in their logical order.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;

    internal TensorAccessor(Tensor tensor) => _tensor = tensor;

    public long Count => _tensor.numel();

    public bool IsReadOnly => false;

    public T[] ToArray()
    {
        // TorchSharp walks the indices of everything but vectors, and refuses where there is none.
        if (Count == 0 && _tensor.ndim > 1) throw new ArgumentOutOfRangeException("startingIndex");
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    public Array ToNDArray()
    {
        var shape = _tensor.shape;
        if (shape.Length == 0)
        {
            var single = Array.CreateInstance(typeof(T), 1);
            single.SetValue(this[[]], 0);
            return single;
        }

        var array = Array.CreateInstance(typeof(T), shape);
        if (array.LongLength == 0) return array;
        CopyTo(MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), checked((int)array.LongLength)));
        return array;
    }

    /// <summary>By position: as many indices as dimensions, or one counting through all elements.</summary>
    public unsafe T this[params long[] indices]
    {
        get { var address = Address(indices); var value = _tensor.Info().Data is null ? default : *address; GC.KeepAlive(_tensor); return value; }
        set { *Address(indices) = value; GC.KeepAlive(_tensor); }
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var info = _tensor.Info();
        var target = array[arrayIndex..];
        var count = Math.Min(target.Length, info.Count - tensorIndex);
        if (info.Data is null)
        {
            // Autograd makes zeros that have no memory.
            target[..checked((int)count)].Clear();
        }
        else if (info.IsContiguous)
        {
            new ReadOnlySpan<T>((T*)info.Data + tensorIndex, checked((int)count)).CopyTo(target);
        }
        else
        {
            using var ordered = _tensor.detach();
            using var packed = ordered.contiguous();
            new ReadOnlySpan<T>((T*)packed.Info().Data + tensorIndex, checked((int)count)).CopyTo(target);
            GC.KeepAlive(packed);
        }

        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var info = _tensor.Info();
        var source = array[arrayIndex..];
        var count = Math.Min(source.Length, info.Count - tensorIndex);
        if (info.Data is null && count > 0) throw new InvalidOperationException("These zeros have no memory to write to; clone the tensor first.");
        if (info.IsContiguous) source[..checked((int)count)].CopyTo(new Span<T>((T*)info.Data + tensorIndex, checked((int)count)));
        else for (var i = 0; i < count; i++) *Address([tensorIndex + i]) = source[i];
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing is held beside the tensor itself.</summary>
    public void Dispose() { }

    private unsafe T* Address(long[] indices)
    {
        var info = _tensor.Info();
        var rank = (int)info.Dimensions;
        long offset = 0;
        if (indices.Length == rank)
        {
            for (var i = 0; i < rank; i++)
            {
                if (indices[i] < 0 || indices[i] >= info.Sizes[i]) throw new IndexOutOfRangeException($"index {indices[i]} is out of range for dimension {i} of size {info.Sizes[i]}");
                offset += indices[i] * info.Strides[i];
            }
        }
        else if (indices.Length == 1)
        {
            var rest = indices[0];
            if (rest < 0 || rest >= info.Count) throw new IndexOutOfRangeException($"index {rest} is out of range for {info.Count} elements");
            for (var i = rank - 1; i >= 0; i--)
            {
                offset += rest % info.Sizes[i] * info.Strides[i];
                rest /= info.Sizes[i];
            }
        }
        else
        {
            throw new ArgumentException($"{indices.Length} indices were given for {rank} dimensions.");
        }

        return (T*)info.Data + offset;
    }
}
