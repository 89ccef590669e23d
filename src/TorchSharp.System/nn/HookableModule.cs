namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Anything that can be called like a module.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>Anything that can be called like a module.</summary>
        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>Anything that can be called like a module.</summary>
        public interface IModule<T1, T2, T3, TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>Anything that can be called like a module.</summary>
        public interface IModule<T1, T2, T3, T4, TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4);
        }

        /// <summary>A module that lets others look at, and change, what goes in and comes out.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly OrderedDictionary<long, TPreHook> _before = [];
            private readonly OrderedDictionary<long, TPostHook> _after = [];
            private readonly OrderedDictionary<long, Action<Module>> _plainBefore = [];
            private readonly OrderedDictionary<long, Action<Module>> _plainAfter = [];
            private long _next;

            protected HookableModule(string name) : base(name) { }

            private protected bool HasHooks => _next != 0;
            private protected IEnumerable<TPreHook> PreHooks => _before.Values.ToArray();
            private protected IEnumerable<TPostHook> PostHooks => _after.Values.ToArray();

            public HookRemover register_forward_hook(TPostHook hook) => Add(_after, hook);
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(_before, hook);
            public HookRemover register_forward_hook(Action<Module> hook) => Add(_plainAfter, hook);
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(_plainBefore, hook);

            private protected void RunBefore()
            {
                foreach (var hook in _plainBefore.Values.ToArray()) hook(this);
            }

            private protected void RunAfter()
            {
                foreach (var hook in _plainAfter.Values.ToArray()) hook(this);
            }

            private HookRemover Add<T>(OrderedDictionary<long, T> hooks, T hook)
            {
                var key = ++_next;
                hooks.Add(key, hook);
                return new HookRemover(() => hooks.Remove(key));
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly Action _remove;

                internal HookRemover(Action remove) => _remove = remove;

                public void remove() => _remove();
            }
        }
    }
}
