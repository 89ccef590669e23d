using System.Globalization;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array of libtorch.</summary>
    public partial class Tensor : IDisposable
    {
        private nint _handle;
        internal DisposeScope? OwningDisposeScope;
        internal int ScopeSlot;

        internal Tensor(nint handle, bool register = true)
        {
            _handle = handle;
            if (register) DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>How many tensors native code holds for C# at this moment, in all threads.</summary>
        public static long TotalCount => Native.tss_live();

        public IntPtr Handle => _handle != 0 ? _handle : throw Disposed();

        public bool IsInvalid => _handle == 0;

        public string? name { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            if (disposing)
            {
                var counts = DisposeScopeManager.ThreadSingleton.Counts;
                if (OwningDisposeScope is { } scope)
                {
                    counts.DisposedInScopeCount++;
                    scope.Remove(this);
                }
                else
                {
                    counts.DisposedOutsideScopeCount++;
                }
            }

            Native.tss_free(handle);
        }

        /// <summary>The scope ends: it has already let go of its list.</summary>
        internal void DisposedByScope(DisposeScopeManager manager)
        {
            OwningDisposeScope = null;
            var handle = Interlocked.Exchange(ref _handle, 0);
            GC.SuppressFinalize(this);
            if (handle == 0) return;
            manager.Counts.DisposedInScopeCount++;
            Native.tss_free(handle);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null) other.Attach(this);
            else OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        /// <summary>Gives the native tensor to the caller; this object is empty from then on.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var handle = Interlocked.Exchange(ref _handle, 0);
            return handle != 0 ? handle : throw Disposed();
        }

        internal nint MoveHandle()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            return handle != 0 ? handle : throw Disposed();
        }

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public bool Equals(Tensor target) => target is not null && Aten.equal.CallBool(this, target);

        public override int GetHashCode() => base.GetHashCode();

        private static ObjectDisposedException Disposed() => new(nameof(Tensor), "Tensor invalid -- empty handle. The tensor was disposed, by hand or at the end of its dispose scope; keep it with MoveToOuterDisposeScope() or DetachFromDisposeScope().");

        internal unsafe TensorInfo Info()
        {
            TensorInfo info;
            Native.Check(Native.tss_info(Handle, &info));
            GC.KeepAlive(this);
            return info;
        }

        public unsafe long[] shape
        {
            get
            {
                long ndim;
                var sizes = Native.tss_sizes(Handle, &ndim);
                var copy = new ReadOnlySpan<long>(sizes, (int)ndim).ToArray();
                GC.KeepAlive(this);
                return copy;
            }
        }

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            long ndim;
            var sizes = Native.tss_sizes(Handle, &ndim);
            if (dim < -ndim || dim >= ndim)
                throw new ArgumentOutOfRangeException(nameof(dim), string.Create(CultureInfo.InvariantCulture, $"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], but got {dim})"));
            var size = sizes[dim < 0 ? dim + ndim : dim];
            GC.KeepAlive(this);
            return size;
        }

        public unsafe long Dimensions
        {
            get
            {
                long ndim;
                Native.tss_sizes(Handle, &ndim);
                GC.KeepAlive(this);
                return ndim;
            }
        }

        public long dim() => Dimensions;
        public long ndim => Dimensions;

        public long NumberOfElements
        {
            get
            {
                var count = Native.tss_numel(Handle);
                GC.KeepAlive(this);
                return count;
            }
        }

        public long numel() => NumberOfElements;

        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.tss_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public long ElementSize => dtype.ElementSize();
        public long element_size() => ElementSize;

        public unsafe long[] stride()
        {
            var info = Info();
            return new ReadOnlySpan<long>(info.Strides, info.Strides is null ? 0 : (int)info.Dimensions).ToArray();
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset() => Info().StorageOffset;
        public bool is_contiguous() => Info().IsContiguous;
        public Device device
        {
            get
            {
                var info = Info();
                return Device.Of((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Info().DeviceType;
        public int device_index => Info().DeviceIndex;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_leaf => Info().IsLeaf;
        public bool is_sparse => !Info().IsStrided;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public bool is_nonzero() => Aten.is_nonzero.CallBool(this);
        public bool is_pinned() => Aten.is_pinned.CallBool(this);
    }
}
