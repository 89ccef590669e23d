using TorchSharp.Interop;

namespace TorchSharp;

// Switches that hold for the running thread until they are disposed.
public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static IDisposable inference_mode(bool mode = true) => new InferenceGuard(mode);
    public static bool is_grad_enabled() => Native.tss_grad_enabled() != 0;
    public static bool is_inference_mode_enabled() => Native.tss_inference_enabled() != 0;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _done;

        internal GradMode(bool enabled) => Native.tss_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_done) return;
            _done = true;
            Native.tss_set_grad_enabled(_before ? 1 : 0);
        }
    }

    private sealed class InferenceGuard(bool mode) : IDisposable
    {
        private nint _guard = Native.tss_inference_enter(mode ? 1 : 0);

        public void Dispose()
        {
            if (_guard == 0) return;
            Native.tss_inference_leave(_guard);
            _guard = 0;
        }
    }
}
