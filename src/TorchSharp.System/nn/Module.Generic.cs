namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose forward takes one argument; <c>call</c> runs the hooks around it.</summary>
        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                if (!HasHooks) return forward(input);
                RunBefore();
                foreach (var hook in PreHooks)
                {
                    var changed = hook(this, input);
                    if (changed is not null) input = changed;
                }
                var result = forward(input);
                foreach (var hook in PostHooks)
                {
                    var changed = hook(this, input, result);
                    if (changed is not null) result = changed;
                }

                RunAfter();
                return result;
            }
        }

        /// <summary>A module whose forward takes two arguments; <c>call</c> runs the hooks around it.</summary>
        public abstract class Module<T1, T2, TResult> : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                if (!HasHooks) return forward(input1, input2);
                RunBefore();
                foreach (var hook in PreHooks)
                    if (hook(this, input1, input2) is var (changed1, changed2)) (input1, input2) = (changed1, changed2);
                var result = forward(input1, input2);
                foreach (var hook in PostHooks)
                {
                    var changed = hook(this, input1, input2, result);
                    if (changed is not null) result = changed;
                }

                RunAfter();
                return result;
            }
        }

        /// <summary>A module whose forward takes three arguments; <c>call</c> runs the hooks around it.</summary>
        public abstract class Module<T1, T2, T3, TResult> : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>, IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (!HasHooks) return forward(input1, input2, input3);
                RunBefore();
                foreach (var hook in PreHooks)
                    if (hook(this, input1, input2, input3) is var (changed1, changed2, changed3)) (input1, input2, input3) = (changed1, changed2, changed3);
                var result = forward(input1, input2, input3);
                foreach (var hook in PostHooks)
                {
                    var changed = hook(this, input1, input2, input3, result);
                    if (changed is not null) result = changed;
                }

                RunAfter();
                return result;
            }
        }

        /// <summary>A module whose forward takes four arguments; <c>call</c> runs the hooks around it.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult> : HookableModule<Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>, Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>, IModule<T1, T2, T3, T4, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4);
                RunBefore();
                foreach (var hook in PreHooks)
                    if (hook(this, input1, input2, input3, input4) is var (changed1, changed2, changed3, changed4)) (input1, input2, input3, input4) = (changed1, changed2, changed3, changed4);
                var result = forward(input1, input2, input3, input4);
                foreach (var hook in PostHooks)
                {
                    var changed = hook(this, input1, input2, input3, input4, result);
                    if (changed is not null) result = changed;
                }

                RunAfter();
                return result;
            }
        }
    }
}
