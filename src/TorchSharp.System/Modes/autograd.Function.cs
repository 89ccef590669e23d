using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function keeps from its forward pass for its backward pass.</summary>
        public sealed unsafe class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
            private List<Tensor> _toSave = [];
            private nint[] _saved = [];
            private bool _isFreed;

            internal AutogradContext()
            {
            }

            ~AutogradContext() => Free();

            public void save_for_backward(List<Tensor> tensors) => _toSave = tensors;

            /// <summary>The saved tensors; an error where one was overwritten since.</summary>
            public List<Tensor> get_saved_variables()
            {
                if (_isFreed) throw new InvalidOperationException("Trying to backward through the graph a second time: what was saved for it is freed after the first. Specify retain_graph: true for the first.");
                var tensors = new List<Tensor>(_saved.Length);
                foreach (var saved in _saved)
                {
                    nint handle = 0;
                    if (saved != 0) Native.Check(Native.tss_saved(saved, &handle));
                    tensors.Add(handle == 0 ? null! : new Tensor(handle));
                }
                return tensors;
            }

            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data.TryGetValue(key, out var value) ? value : null!;

            public void Dispose()
            {
                Free();
                GC.SuppressFinalize(this);
            }

            /// <summary>Keeps the tensors that <see cref="save_for_backward"/> was given.</summary>
            internal void Save()
            {
                _saved = new nint[_toSave.Count];
                for (var i = 0; i < _saved.Length; i++)
                {
                    if (_toSave[i] is not { } tensor) continue;
                    nint saved;
                    Native.Check(Native.tss_save(tensor.Handle, &saved));
                    _saved[i] = saved;
                }
                _toSave = [];
            }

            private void Free()
            {
                foreach (var saved in _saved)
                {
                    if (saved != 0) Native.tss_free_saved(saved);
                }
                _saved = [];
                _isFreed = true;
            }
        }

        /// <summary>A function of tensors to one tensor with a gradient of its own.</summary>
        public abstract unsafe class SingleTensorFunction<T> where T : SingleTensorFunction<T>, new()
        {
            private static readonly T s_instance = new();

            public abstract string Name { get; }

            /// <summary>The result. Nothing in it is recorded.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient per argument; null for those that have none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            /// <summary>Calls the function and records it where an argument requires a gradient.</summary>
            public static Tensor apply(params object[] vars)
            {
                var inputs = vars.OfType<Tensor>().ToArray();
                var recorded = is_grad_enabled() && Array.Exists(inputs, t => t.requires_grad);
                var context = new AutogradContext();
                Tensor output;
                using (no_grad()) output = s_instance.forward(context, vars);
                if (!recorded)
                {
                    context.Dispose();
                    return output;
                }
                context.Save();
                var call = GCHandle.Alloc(new FunctionCall(s_instance.Name, context, [.. vars.Select(v => v is Tensor)], s_instance.backward));
                fixed (nint* handles = Array.ConvertAll(inputs, t => t.Handle))
                {
                    Native.Check(Native.tss_function(handles, inputs.Length, output.Handle, &FunctionCall.Backward, &FunctionCall.Release, (nint)call));
                }
                GC.KeepAlive(inputs);
                return output;
            }
        }

        /// <summary>One call of a function, as its node in the graph knows it.</summary>
        private sealed unsafe class FunctionCall(string name, AutogradContext context, bool[] areTensors, Func<AutogradContext, Tensor, List<Tensor>> backward)
        {
            [UnmanagedCallersOnly]
            public static nint Backward(nint call, nint* gradients, int count, nint* results, int room)
            {
                try
                {
                    using var scope = NewDisposeScope();
                    ((FunctionCall)GCHandle.FromIntPtr(call).Target!).Run(new Tensor(gradients[0]), new Span<nint>(results, room));
                    return 0;
                }
                catch (Exception error)
                {
                    // No exception may pass through native frames.
                    return Marshal.StringToCoTaskMemUTF8(error.Message);
                }
            }

            [UnmanagedCallersOnly]
            public static void Release(nint call, int isLast)
            {
                var handle = GCHandle.FromIntPtr(call);
                ((FunctionCall)handle.Target!).Free();
                if (isLast != 0) handle.Free();
            }

            private void Run(Tensor gradient, Span<nint> results)
            {
                var found = backward(context, gradient);
                if (found.Count != areTensors.Length) throw new InvalidOperationException($"{name} gives {found.Count} gradients for {areTensors.Length} arguments.");
                var next = 0;
                for (var i = 0; i < areTensors.Length; i++)
                {
                    if (!areTensors[i]) continue;
                    if (found[i] is { } tensor) results[next] = Native.tss_retain(tensor.Handle);
                    next++;
                }
            }

            private void Free() => context.Dispose();
        }
    }
}
