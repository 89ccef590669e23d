using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>Rebuilds a graph from Keras's functional config by calling each layer as soon as its inputs exist.</summary>
internal sealed class GraphReader
{
    private readonly Dictionary<(string Layer, long Call, long Output), KerasTensor> _tensors = [];
    private readonly List<(Layer Layer, Queue<(Layer Target, (string Layer, long Call, long Output)[] Inputs)> Calls)> _pending = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _operations = new(StringComparer.Ordinal);
    private readonly string _model;

    private GraphReader(string model) => _model = model;

    public static Model Read(string? name, JsonObject config)
    {
        if (config["layers"] is not JsonArray entries) throw Throw.ConfigMissing("Functional", "layers", config.Select(p => p.Key));
        var reader = new GraphReader(name ?? "Functional");
        reader._operations.UnionWith(entries.Where(IsOperation).Select(e => e!["name"]?.ToString() ?? ""));
        foreach (var entry in entries.Where(e => !IsOperation(e))) reader.AddLayer(entry as JsonObject ?? throw Throw.ConfigGraph(reader._model, "an entry of 'layers' is not an object"));
        reader.CallAll();
        return new Model((KerasTensor[])[.. reader.Ends(config, "input_layers")], (KerasTensor[])[.. reader.Ends(config, "output_layers")], name);
    }

    /// <summary>Keras lists the operations that compute masks among the layers; here a mask is found from the layers themselves.</summary>
    private static bool IsOperation(JsonNode? entry) =>
        (entry as JsonObject)?["module"] is JsonValue module && module.GetValueKind() == JsonValueKind.String && module.GetValue<string>().StartsWith("keras.src.ops.", StringComparison.Ordinal);

    private void AddLayer(JsonObject entry)
    {
        CallArguments.Put(entry, _model);
        var layer = ObjectConfig.Read<Layer>(entry);
        if (!_names.Add(layer.Name)) throw Throw.ConfigGraph(_model, $"two layers are called '{layer.Name}'");
        if (layer is InputLayer input)
        {
            _tensors[(layer.Name, 0, 0)] = input.Output;
            return;
        }
        var calls = new Queue<(Layer Target, (string Layer, long Call, long Output)[] Inputs)>();
        foreach (var node in entry["inbound_nodes"] as JsonArray ?? [])
        {
            var inputs = new List<(string Layer, long Call, long Output)>();
            var call = node as JsonObject;
            var arguments = call is null ? node : call["args"];
            if (arguments is not JsonArray { Count: 0 }) Collect(arguments, inputs);
            var target = layer;
            foreach (var (key, value) in (call?["kwargs"] as JsonObject ?? []).OrderBy(p => Place(layer, p.Key)))
            {
                // The states that a recurrent layer starts from stand behind its input here.
                if (key == "initial_state" && value is not null)
                {
                    Collect(value, inputs);
                    continue;
                }
                if (value?.GetValueKind() == JsonValueKind.True && layer.Variant(key) is { } variant) target = variant;
                else AddNamed(layer, key, value, inputs);
            }
            if (inputs.Count == 0) throw Throw.ConfigGraph(_model, $"a call of '{layer.Name}' has no input");
            calls.Enqueue((target, [.. inputs]));
        }
        _pending.Add((layer, calls));
    }

    /// <summary>Nothing is passed: null, false, or a list of nothings, as of the masks of several inputs.</summary>
    private static bool IsNothing(JsonNode? value) =>
        value is null || value.GetValueKind() == JsonValueKind.False || (value is JsonArray list && list.All(IsNothing));

    /// <summary>Which of a layer's inputs goes by a name; −1 for none.</summary>
    private static int Place(Layer layer, string name) => layer.CallNames?.ToList().IndexOf(name) ?? -1;

    private void AddNamed(Layer layer, string key, JsonNode? value, List<(string Layer, long Call, long Output)> inputs)
    {
        if (IsNothing(value)) return;
        var place = Place(layer, key);
        var named = new List<(string Layer, long Call, long Output)>();
        if (place >= 0)
        {
            Collect(value, named);
            // A mask may be given without a key: then the values, which stand before it, are the keys.
            while (inputs.Count < place && inputs.Count > 0) inputs.Add(inputs[^1]);
            if (inputs.Count == place && named.Count == 1)
            {
                inputs.Add(named[0]);
                return;
            }
        }
        else if (key == "mask" || key.EndsWith("_mask", StringComparison.Ordinal))
        {
            foreach (var mask in value is JsonArray masks ? masks.Where(m => m is not null) : [value]) Collect(mask, named);
            if (named.TrueForAll(mask => _operations.Contains(mask.Layer))) return;
        }
        throw Throw.ConfigGraph(_model, $"the call of '{layer.Name}' passes '{key}', which calls here do not take");
    }

    /// <summary>Calls of shared layers keep their order, because tensors are named by the number of the call.</summary>
    private void CallAll()
    {
        var made = _pending.ToDictionary(p => p.Layer, _ => 0L);
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var (layer, calls) in _pending)
            {
                while (calls.TryPeek(out var call) && Array.TrueForAll(call.Inputs, _tensors.ContainsKey))
                {
                    calls.Dequeue();
                    var outputs = call.Target.Apply([.. call.Inputs.Select(i => _tensors[i])]).Siblings;
                    for (var i = 0; i < outputs.Count; i++) _tensors[(layer.Name, made[layer], i)] = outputs[i];
                    made[layer]++;
                    progress = true;
                }
            }
        }
        if (_pending.Find(p => p.Calls.Count > 0) is { Layer: { } stuck, Calls: { } left })
        {
            var missing = left.Peek().Inputs.First(i => !_tensors.ContainsKey(i));
            throw Throw.ConfigGraph(_model, $"'{stuck.Name}' is called on output {missing.Output} of call {missing.Call} of '{missing.Layer}', which no layer produces");
        }
    }

    private List<KerasTensor> Ends(JsonObject config, string key)
    {
        var ends = new List<(string Layer, long Call, long Output)>();
        Collect(config[key], ends);
        if (ends.Count == 0) throw Throw.ConfigGraph(_model, $"'{key}' names no tensor");
        // Keras counts the drawing of a nested model as its first call where it lists outputs, though not where it lists calls.
        return [.. ends.Select(e => _tensors.TryGetValue(e, out var tensor) || (IsModel(e.Layer) && _tensors.TryGetValue(e with { Call = e.Call - 1 }, out tensor)) ? tensor : throw Throw.ConfigGraph(_model, $"'{key}' names output {e.Output} of call {e.Call} of '{e.Layer}', which no layer produces"))];
    }

    private bool IsModel(string layer) => _pending.Exists(p => p.Layer is Model && p.Layer.Name == layer);

    /// <summary>Finds every [layer, call, output], bare or inside a tensor's <c>keras_history</c>, in lists of any depth.</summary>
    private void Collect(JsonNode? node, List<(string Layer, long Call, long Output)> found)
    {
        switch (node)
        {
            case JsonArray { Count: >= 3 } array when array[0]?.GetValueKind() == JsonValueKind.String:
                found.Add(((string)ConfigReader.Read(array[0], typeof(string), _model)!, (long)ConfigReader.Read(array[1], typeof(long), _model)!, (long)ConfigReader.Read(array[2], typeof(long), _model)!));
                break;
            case JsonArray array:
                foreach (var item in array) Collect(item, found);
                break;
            case JsonObject map when map["config"] is JsonObject tensor && tensor["keras_history"] is JsonArray history:
                Collect(history, found);
                break;
            default:
                throw Throw.ConfigGraph(_model, $"a tensor is expected as [layer, call, output] but found {node?.ToJsonString() ?? "null"}");
        }
    }
}
