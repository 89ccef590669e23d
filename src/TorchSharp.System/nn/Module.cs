using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a model: parameters, buffers and further modules, each under a name.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> _modules = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private bool _training = true;
            private bool _registered;
            private bool _disposed;

            /// <summary>The name of the module's kind.</summary>
            protected string? name;

            protected Module(string name) => this.name = name;

            public virtual bool training => _training;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, module) in named_children()) module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in named_children()) module.apply(fn);
                fn(this);
                return this;
            }

            public virtual string GetName() => name ?? GetType().Name;

            public override string ToString() => GetName();

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.detach_().fill_(0);
                }
            }

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (key, (tensor, persistent)) in _buffers)
                {
                    if (tensor.IsInvalid || (!persistent && !include_nonpersistent) || !seen.Add(tensor.Handle)) continue;
                    yield return (key, tensor);
                }

                if (!recurse) yield break;
                foreach (var (prefix, module) in named_children())
                    foreach (var (key, tensor) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(tensor.Handle)) yield return ($"{prefix}.{key}", tensor);
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (key, parameter) in _parameters)
                    if (!parameter.IsInvalid && seen.Add(parameter.Handle)) yield return (key, parameter);

                if (!recurse) yield break;
                foreach (var (prefix, module) in named_children())
                    foreach (var (key, parameter) in module.named_parameters(true))
                        if (seen.Add(parameter.Handle)) yield return ($"{prefix}.{key}", parameter);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (prefix, module) in named_children())
                    foreach (var (key, inner) in module.named_modules()) yield return ($"{prefix}.{key}", inner);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);
            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);
            public virtual IEnumerable<Module> children() => named_children().Select(pair => pair.module);
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual Tensor? get_buffer(string target) =>
                _buffers.TryGetValue(target, out var found) ? found.Tensor : Below(target) is var (module, rest) ? module.get_buffer(rest) : null;

            public virtual Parameter? get_parameter(string target) =>
                _parameters.TryGetValue(target, out var found) ? found : Below(target) is var (module, rest) ? module.get_parameter(rest) : null;

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid) throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                if (!_buffers.TryAdd(name, (tensor, persistent))) throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid) throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (!_parameters.TryAdd(name, param)) throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _modules.Remove(name);
                    return;
                }

                if (name.Contains('.', StringComparison.Ordinal)) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("module name can't be empty string \"\"");
                if (_modules.ContainsKey(name)) throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _modules.Add(name, submodule);
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value) => ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _parameters.Remove(name);
                else _parameters[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _buffers.Remove(name);
                else _buffers[name] = (value, persistent);
            }

            /// <summary>Registers what the fields of the class hold: modules, parameters, and other tensors as buffers.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (var field in FieldsOf(GetType()))
                {
                    var key = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_modules.ContainsKey(key) || _parameters.ContainsKey(key) || _buffers.ContainsKey(key)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(key, module); break;
                        case Parameter parameter: register_parameter(key, parameter); break;
                        case Tensor tensor: register_buffer(key, tensor); break;
                    }
                }

                _registered = true;
            }

            /// <summary>A module of this assembly exchanges a parameter: the old one goes, the new one outlives every scope.</summary>
            private protected void Keep(string name, ref Parameter? field, Parameter? value)
            {
                _registered = true;
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                value?.DetachFromDisposeScope();
                field = value;
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>The same for a buffer.</summary>
            private protected void KeepBuffer(string name, ref Tensor? field, Tensor? value)
            {
                _registered = true;
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                value?.DetachFromDisposeScope();
                field = value;
                ConditionallyRegisterBuffer(name, value);
            }

            internal void RegisterAll() => RegisterComponents();

            protected void ClearModules() => _modules.Clear();

            public void Dispose()
            {
                if (_disposed) return;
                _disposed = true;
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (tensor, _) in _buffers.Values) tensor.Dispose();
                foreach (var parameter in _parameters.Values) parameter.Dispose();
                foreach (var module in _modules.Values) module.Dispose();
            }

            private (Module Inner, string Path)? Below(string target)
            {
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0) return null;
                foreach (var (key, module) in named_children())
                    if (target.AsSpan(0, dot).SequenceEqual(key)) return (module, target[(dot + 1)..]);
                return null;
            }

            private static IEnumerable<FieldInfo> FieldsOf(Type type)
            {
                var own = type == typeof(Module) || type.BaseType is null ? [] : FieldsOf(type.BaseType);
                return own.Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
            }
        }
    }
}
