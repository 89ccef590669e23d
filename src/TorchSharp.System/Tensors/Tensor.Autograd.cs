using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // What autograd keeps with a tensor.
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Info().RequiresGrad;
            set
            {
                Native.Check(Native.tss_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            Native.Check(Native.tss_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The gradient as a new handle to the same memory, or null; assigning replaces it.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint result;
                Native.Check(Native.tss_grad(Handle, &result));
                GC.KeepAlive(this);
                return result == 0 ? null : new Tensor(result);
            }

            set
            {
                Native.Check(Native.tss_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        public Tensor detach() => Aten.detach.Call(this);
        public Tensor detach_() => Aten.detach_.Self(this);

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Makes this tensor hold what <paramref name="source"/> holds, as assigning .data does in PyTorch.</summary>
        internal void SetData(Tensor source)
        {
            Native.Check(Native.tss_set_data(Handle, source.Handle));
            GC.KeepAlive(source);
            GC.KeepAlive(this);
        }
    }
}
