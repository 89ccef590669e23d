using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;

[assembly: DisableRuntimeMarshalling]
[module: SkipLocalsInit]

namespace TorchSharp.Interop;

/// <summary>What a native value holds; the same numbers as in the shim.</summary>
internal enum Tag
{
    None = 0, Tensor = 1, Int = 2, Double = 3, Bool = 4, IntList = 5, DoubleList = 6,
    BoolList = 7, TensorList = 8, String = 9, Device = 10, Generator = 11, Default = 12,
}

/// <summary>A value on its way into or out of the dispatcher: 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal long Bits;
    internal Tag Tag;
    internal int Length;
}

/// <summary>Everything there is to know about a tensor, filled by one native call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    internal void* Data;
    internal long* Sizes;
    internal long* Strides;
    internal long Dimensions;
    internal long Count;
    internal long StorageOffset;
    internal long StorageBytes;
    internal int DType;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int Flags;

    internal readonly bool IsContiguous => (Flags & 1) != 0;
    internal readonly bool RequiresGrad => (Flags & 2) != 0;
    internal readonly bool IsLeaf => (Flags & 4) != 0;
    internal readonly bool IsStrided => (Flags & 8) != 0;
    internal readonly bool IsInference => (Flags & 32) != 0;
}

/// <summary>The functions of the shim.</summary>
internal static unsafe partial class Native
{
    private const string Library = "torchsharp_system";

    [LibraryImport(Library)] internal static partial byte* tss_error();
    [LibraryImport(Library)] internal static partial nint tss_find(byte* name, byte* overload);
    [LibraryImport(Library)] internal static partial int tss_call(nint op, NativeValue* args, int count, NativeValue* results, int room);
    [LibraryImport(Library)] internal static partial void tss_free_array(void* array);

    [LibraryImport(Library)] internal static partial long tss_live();
    [LibraryImport(Library)] internal static partial void tss_free(nint tensor);
    [LibraryImport(Library)] internal static partial nint tss_retain(nint tensor);
    [LibraryImport(Library)] internal static partial int tss_info(nint tensor, TensorInfo* info);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long* tss_sizes(nint tensor, long* ndim);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int tss_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long tss_numel(nint tensor);
    [LibraryImport(Library)] internal static partial int tss_from_blob(void* data, long* sizes, int ndim, int dtype, delegate* unmanaged<void*, void> deleter, void* context, nint* result);
    [LibraryImport(Library)] internal static partial int tss_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] internal static partial int tss_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int tss_grad(nint tensor, nint* result);
    [LibraryImport(Library)] internal static partial int tss_set_grad(nint tensor, nint grad);
    [LibraryImport(Library)] internal static partial int tss_set_data(nint tensor, nint source);

    [LibraryImport(Library)] internal static partial int tss_backward(nint* tensors, int count, nint* grads, int gradCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)] internal static partial int tss_autograd_grad(nint* outputs, int count, nint* inputs, int inputCount, nint* grads, int gradCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial int tss_function(nint* inputs, int count, nint output, delegate* unmanaged<nint, nint*, int, nint*, int, nint> backward, delegate* unmanaged<nint, int, void> release, nint context);
    [LibraryImport(Library)] internal static partial int tss_save(nint tensor, nint* result);
    [LibraryImport(Library)] internal static partial int tss_saved(nint saved, nint* result);
    [LibraryImport(Library)] internal static partial void tss_free_saved(nint saved);
    [LibraryImport(Library)] internal static partial int tss_grad_enabled();
    [LibraryImport(Library)] internal static partial void tss_set_grad_enabled(int value);
    [LibraryImport(Library)] internal static partial int tss_inference_enabled();
    [LibraryImport(Library)] internal static partial nint tss_inference_enter(int value);
    [LibraryImport(Library)] internal static partial void tss_inference_leave(nint guard);

    [LibraryImport(Library)] internal static partial int tss_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial int tss_default_generator(int type, int index, nint* result);
    [LibraryImport(Library)] internal static partial int tss_new_generator(ulong seed, int type, int index, nint* result);
    [LibraryImport(Library)] internal static partial void tss_free_generator(nint generator);
    [LibraryImport(Library)] internal static partial int tss_generator_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong tss_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial int tss_generator_state(nint generator, nint* result);
    [LibraryImport(Library)] internal static partial int tss_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)] internal static partial int tss_threads();
    [LibraryImport(Library)] internal static partial int tss_set_threads(int count);
    [LibraryImport(Library)] internal static partial int tss_interop_threads();
    [LibraryImport(Library)] internal static partial int tss_set_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int tss_device_count(int type);
    [LibraryImport(Library)] internal static partial int tss_synchronize(int type, int index);
    [LibraryImport(Library)] internal static partial int tss_setting(int which);
    [LibraryImport(Library)] internal static partial int tss_set_setting(int which, int value);
    [LibraryImport(Library)] internal static partial byte* tss_version();

    /// <summary>Throws what the shim kept as the text of the last failure on this thread.</summary>
    internal static void Check(int failed)
    {
        if (failed != 0) Fail();
    }

    internal static void Fail() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)tss_error()));
}
