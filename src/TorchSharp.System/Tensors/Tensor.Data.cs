using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // The memory of a tensor as C# sees it.
    public partial class Tensor
    {
        /// <summary>The elements in their order; on another device they are copied to the CPU first.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public unsafe T item<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            var info = Info();
            if (info.Count != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            if (info.DeviceType != (int)DeviceType.CPU)
            {
                using var local = cpu();
                return local.item<T>();
            }

            var value = info.Data is null ? default : *(T*)info.Data;
            GC.KeepAlive(this);
            return value;
        }

        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info();
                if (!info.IsContiguous) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                if (info.DeviceType != (int)DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                if (info.Data is null && info.Count > 0) throw new InvalidOperationException("These zeros have no memory of their own; clone the tensor first.");
                return new Span<byte>(info.Data, checked((int)(info.Count * ElementSize)));
            }

            set
            {
                var target = bytes;
                if (target.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(target);
            }
        }

        public unsafe Scalar ToScalar()
        {
            var info = Info();
            if (info.Count != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            if (info.DeviceType != (int)DeviceType.CPU)
            {
                using var local = cpu();
                return local.ToScalar();
            }

            var type = (ScalarType)info.DType;
            long nothing = 0;
            if (info.Data is null) info.Data = &nothing;
            Scalar scalar = type switch
            {
                ScalarType.Byte => *(byte*)info.Data,
                ScalarType.Int8 => *(sbyte*)info.Data,
                ScalarType.Int16 => *(short*)info.Data,
                ScalarType.Int32 => *(int*)info.Data,
                ScalarType.Int64 => *(long*)info.Data,
                ScalarType.Float16 => *(Half*)info.Data,
                ScalarType.Float32 => *(float*)info.Data,
                ScalarType.Float64 => *(double*)info.Data,
                ScalarType.Bool => *(bool*)info.Data,
                ScalarType.BFloat16 => Scalar.Of(BitConverter.UInt32BitsToSingle((uint)*(ushort*)info.Data << 16), ScalarType.BFloat16),
                _ => throw new NotSupportedException($"A {type} tensor has no single C# number."),
            };
            GC.KeepAlive(this);
            return scalar;
        }

        public Tensor fill_(Scalar value) => Aten.fill__Scalar.Self(this, value);
        /// <summary>Zeros in place. What comes back is a second object over them, as in TorchSharp.</summary>
        public Tensor zero_() => Aten.zero_.Self(this).alias();
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.copy_.Self(this, source, nonBlocking);
        public Tensor set_(Tensor source) => Aten.set__source_Tensor.Self(this, source);
        public Tensor pin_memory() => Aten.pin_memory.Call(this);

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024) => stream.Write(bytes);
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024) => stream.ReadExactly(bytes);

        public float ReadCpuSingle(long i) => data<float>()[i];
        public double ReadCpuDouble(long i) => data<double>()[i];
        public int ReadCpuInt32(long i) => data<int>()[i];
        public long ReadCpuInt64(long i) => data<long>()[i];
        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        internal void ValidateType(Type type)
        {
            var own = dtype;
            if (own == ScalarType.BFloat16 ? type != typeof(ushort) : ScalarTypeOf(type) != own)
                throw new ArgumentException($"{type.Name} is not compatible with {own}");
        }
    }
}
