using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An operator of libtorch: looked up once, on first use, and called through the dispatcher.</summary>
internal sealed unsafe class Op(string name)
{
    private nint _handle;

    /// <summary>Whether this libtorch has the operator.</summary>
    internal bool Exists => _handle != 0 || Find(false) != 0;

    /// <summary>Calls for one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Invoke(args, &result, 1);
        return Take(result);
    }

    /// <summary>Calls for an operator that changes its first argument, which is given back.</summary>
    internal Tensor Self(params ReadOnlySpan<Arg> args)
    {
        Invoke(args, null, 0);
        return (Tensor)args[0].Reference!;
    }

    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[2];
        Invoke(args, results, 2);
        return (Take(results[0]), Take(results[1]));
    }

    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[3];
        Invoke(args, results, 3);
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    /// <summary>Calls for a list of tensors.</summary>
    internal Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Invoke(args, &result, 1);
        var handles = (nint*)result.Bits;
        var tensors = new Tensor[result.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        Native.tss_free_array(handles);
        return tensors;
    }

    internal bool CallBool(params ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Invoke(args, &result, 1);
        return result.Bits != 0;
    }

    internal long CallInt(params ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Invoke(args, &result, 1);
        return result.Bits;
    }

    private static Tensor Take(NativeValue value) => value.Bits == 0 ? null! : new Tensor((nint)value.Bits);

    private void Invoke(ReadOnlySpan<Arg> args, NativeValue* results, int room)
    {
        var handle = _handle;
        if (handle == 0) handle = Find(true);
        var values = stackalloc NativeValue[args.Length];
        var scratch = 0;
        for (var i = 0; i < args.Length; i++)
        {
            ref readonly var arg = ref args[i];
            values[i].Tag = arg.Tag;
            values[i].Length = 0;
            values[i].Bits = arg.Bits;
            switch (arg.Tag)
            {
                case Tag.Tensor: values[i].Bits = Unsafe.As<Tensor>(arg.Reference!).Handle; break;
                case Tag.Device: values[i].Length = Unsafe.As<Device>(arg.Reference!).NativeIndex; break;
                case Tag.Generator: values[i].Bits = Unsafe.As<Generator>(arg.Reference!).Handle; break;
                case Tag.IntList: case Tag.DoubleList: case Tag.BoolList: case Tag.TensorList: scratch += Unsafe.As<Array>(arg.Reference!).Length + 1; break;
                case Tag.String: scratch += Encoding.UTF8.GetMaxByteCount(Unsafe.As<string>(arg.Reference!).Length) / sizeof(long) + 1; break;
            }
        }

        int status;
        if (scratch == 0)
        {
            status = Native.tss_call(handle, values, args.Length, results, room);
        }
        else if (scratch <= 256)
        {
            var space = stackalloc long[scratch];
            FillLists(args, values, space);
            status = Native.tss_call(handle, values, args.Length, results, room);
        }
        else
        {
            var space = (long*)NativeMemory.Alloc((nuint)scratch, sizeof(long));
            try
            {
                FillLists(args, values, space);
                status = Native.tss_call(handle, values, args.Length, results, room);
            }
            finally { NativeMemory.Free(space); }
        }

        // The finalizer of an argument must not run while the operator works on it.
        for (var i = 0; i < args.Length; i++) GC.KeepAlive(args[i].Reference);
        if (status < 0) Native.Fail();
    }

    /// <summary>Copies what the lists hold beside the arguments, so that no array needs pinning.</summary>
    private static void FillLists(ReadOnlySpan<Arg> args, NativeValue* values, long* space)
    {
        for (var i = 0; i < args.Length; i++)
        {
            ref readonly var arg = ref args[i];
            switch (arg.Tag)
            {
                case Tag.IntList:
                    var integers = Unsafe.As<long[]>(arg.Reference!);
                    integers.CopyTo(new Span<long>(space, integers.Length));
                    Set(ref values[i], ref space, integers.Length, integers.Length);
                    break;
                case Tag.DoubleList:
                    var doubles = Unsafe.As<double[]>(arg.Reference!);
                    doubles.CopyTo(new Span<double>(space, doubles.Length));
                    Set(ref values[i], ref space, doubles.Length, doubles.Length);
                    break;
                case Tag.BoolList:
                    var bools = Unsafe.As<bool[]>(arg.Reference!);
                    bools.CopyTo(new Span<bool>(space, bools.Length));
                    Set(ref values[i], ref space, bools.Length, bools.Length);
                    break;
                case Tag.TensorList:
                    var tensors = Unsafe.As<Tensor?[]>(arg.Reference!);
                    for (var k = 0; k < tensors.Length; k++) space[k] = tensors[k]?.Handle ?? 0;
                    Set(ref values[i], ref space, tensors.Length, tensors.Length);
                    break;
                case Tag.String:
                    var text = Unsafe.As<string>(arg.Reference!);
                    var room = Encoding.UTF8.GetMaxByteCount(text.Length);
                    var written = Encoding.UTF8.GetBytes(text, new Span<byte>(space, room));
                    Set(ref values[i], ref space, written, room / sizeof(long) + 1);
                    break;
            }
        }

        static void Set(ref NativeValue value, ref long* space, int length, int used)
        {
            value.Bits = (long)space;
            value.Length = length;
            space += used;
        }
    }

    private nint Find(bool required)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var qualified = "aten::" + (dot < 0 ? name : name[..dot]);
        fixed (byte* first = Encoding.UTF8.GetBytes(qualified + '\0'))
        fixed (byte* second = Encoding.UTF8.GetBytes((dot < 0 ? "" : name[(dot + 1)..]) + '\0'))
        {
            _handle = Native.tss_find(first, second);
        }

        if (_handle == 0 && required) Native.Fail();
        return _handle;
    }
}
