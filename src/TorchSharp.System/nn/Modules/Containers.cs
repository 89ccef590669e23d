using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _steps = [];

        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
        {
            foreach (var module in modules) append(module);
        }

        public int Count => _steps.Count;

        public nn.IModule<Tensor, Tensor> this[int index] => _steps[index].Module;

        public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? Count)];

        public Sequential this[Range index]
        {
            get
            {
                var part = new Sequential(Array.Empty<nn.Module<Tensor, Tensor>>());
                var (offset, length) = index.GetOffsetAndLength(Count);
                foreach (var (_, module) in _steps.Skip(offset).Take(length)) part.append(module);
                return part;
            }
        }

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            _steps.Add((name, module));
            register_module(name, (nn.Module)module);
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(CultureInfo.InvariantCulture), module);

        public override Tensor forward(Tensor tensor)
        {
            if (_steps.Count == 0) return tensor.alias();
            var x = tensor;
            foreach (var (_, module) in _steps)
            {
                var next = module.call(x);
                // What autograd needs of a step it keeps itself.
                if (!ReferenceEquals(x, tensor) && !ReferenceEquals(x, next)) x.Dispose();
                x = next;
            }

            return x;
        }

        // The children are already registered under their names.
        protected override void RegisterComponents() { }
    }

    /// <summary>A list of modules.</summary>
    public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
    {
        private readonly List<T> _list = [];

        public ModuleList(params T[] modules) : base(nameof(ModuleList<>)) => extend(modules);

        public int Count => _list.Count;
        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => _list[index];
            set { _list[index] = value; Renew(); }
        }

        public void Add(T item) { _list.Add(item); Renew(); }
        public void append(params T[] parameters) => extend(parameters);
        public void extend(IEnumerable<T> modules) { _list.AddRange(modules); Renew(); }
        public void Clear() { _list.Clear(); Renew(); }
        public bool Contains(T item) => _list.Contains(item);
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        public int IndexOf(T item) => _list.IndexOf(item);
        public void Insert(int index, T item) { _list.Insert(index, item); Renew(); }

        public bool Remove(T item)
        {
            var removed = _list.Remove(item);
            Renew();
            return removed;
        }

        public void RemoveAt(int index) { _list.RemoveAt(index); Renew(); }

        protected override void RegisterComponents() { }

        private void Renew()
        {
            ClearModules();
            for (var i = 0; i < _list.Count; i++) register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
        }
    }

    /// <summary>Modules under names.</summary>
    public class ModuleDict<T> : nn.Module, IDictionary<string, T> where T : nn.Module
    {
        private readonly OrderedDictionary<string, T> _dict = [];

        public ModuleDict(params (string, T)[] modules) : base(nameof(ModuleDict<>))
        {
            foreach (var (name, module) in modules) Add(name, module);
        }

        public int Count => _dict.Count;
        public bool IsReadOnly => false;
        public ICollection<string> Keys => _dict.Keys;
        public ICollection<T> Values => _dict.Values;
        public IEnumerable<string> keys() => _dict.Keys;
        public IEnumerable<T> values() => _dict.Values;
        public IEnumerator<(string, T)> items() => _dict.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

        public T this[string key]
        {
            get => _dict[key];
            set { _dict[key] = value; Renew(); }
        }

        public void Add(string key, T value) { _dict.Add(key, value); Renew(); }
        public void Add((string, T) item) => Add(item.Item1, item.Item2);
        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);
        public void clear() => Clear();
        public void Clear() { _dict.Clear(); Renew(); }
        public bool Contains(KeyValuePair<string, T> item) => _dict.TryGetValue(item.Key, out var found) && ReferenceEquals(found, item.Value);
        public bool ContainsKey(string key) => _dict.ContainsKey(key);
        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, T>>)_dict).CopyTo(array, arrayIndex);

        public bool Remove(string key)
        {
            var removed = _dict.Remove(key);
            Renew();
            return removed;
        }

        public bool Remove(KeyValuePair<string, T> item) => Contains(item) && Remove(item.Key);
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dict.TryGetValue(key, out value);
        public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _dict.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents() { }

        private void Renew()
        {
            ClearModules();
            foreach (var (name, module) in _dict) register_module(name, module);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);
            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) => new(Array.ConvertAll(modules, pair => (pair.Item1, pair.Item2)));
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => new(modules);
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module => new(modules);
        }
    }
}
