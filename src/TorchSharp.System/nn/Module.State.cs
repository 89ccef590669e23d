using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // State as a dictionary and as a file; moving to another device or type.
        public partial class Module
        {
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(true, false)) destination.TryAdd(start + key, buffer);
                foreach (var (key, module) in named_children()) module.state_dict(destination, start + key);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !skip.Contains(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException($"The loaded state_dict is not identical to the target dictionary. Missing: {string.Join(", ", missing)}. Unexpected: {string.Join(", ", unexpected)}.");
                using var still = no_grad();
                foreach (var (key, value) in source)
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the number of entries, then name and tensor of each; numbers are LEB128.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(pair => skip is null || !skip.Contains(pair.Key)).ToList();
                writer.Write7BitEncodedInt(entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                skip ??= [];
                var state = state_dict();
                var count = reader.Read7BitEncodedInt();
                if (strict && count != state.Count) throw new ArgumentException($"Mismatched state_dict sizes: expected {state.Count}, but found {count} entries.");
                using var still = no_grad();
                var found = new HashSet<string>();
                for (var i = 0; i < count; i++)
                {
                    var key = reader.ReadString();
                    var known = state.TryGetValue(key, out var target);
                    if (!known && strict) throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{key}'");
                    if (known) found.Add(key);
                    var use = known && !skip.Contains(key);
                    if (use) target!.Load(reader);
                    else TensorExtensionMethods.Load(reader, true);
                    if (loadedParameters is not null) loadedParameters[key] = use;
                }

                if (loadedParameters is not null)
                    foreach (var key in state.Keys) loadedParameters.TryAdd(key, false);
                return this;
            }

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Convert(device, dtype, non_blocking);
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => Convert(new Device(deviceType, deviceIndex), null, non_blocking);
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Convert(null, dtype, non_blocking);
            internal Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            // Parameters and buffers keep their identity; only what they hold is exchanged. Whole numbers keep their type.
            private Module Convert(Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (device is not null) InitializeDeviceType(device.type);
                using var still = no_grad();
                foreach (var (_, tensor) in named_parameters(false).Select(pair => ("", (Tensor)pair.parameter)).Concat(named_buffers(false)).ToList())
                {
                    var type = dtype.HasValue && is_floating_point(dtype.Value) && tensor.is_floating_point() ? dtype.Value : tensor.dtype;
                    var needs = tensor.requires_grad;
                    using (var moved = tensor.detach().to(type, device ?? tensor.device, false, true, non_blocking)) tensor.SetData(moved);
                    if (needs) tensor.requires_grad = true;
                    using var gradient = tensor.grad;
                    if (gradient is null) continue;
                    tensor.grad = null;
                    using var converted = gradient.to(type, device ?? gradient.device, false, false, non_blocking);
                    tensor.grad = converted;
                }

                foreach (var (_, module) in named_children())
                {
                    if (device is null) module._to(dtype!.Value, non_blocking);
                    else if (dtype is null) module._to(device.type, device.index, non_blocking);
                    else module._to(device, dtype.Value, non_blocking);
                }

                return this;
            }
        }
    }
}
