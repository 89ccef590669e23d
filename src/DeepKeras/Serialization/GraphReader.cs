using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>Rebuilds a graph from Keras's functional config by calling each layer as soon as its inputs exist.</summary>
internal sealed class GraphReader
{
    private readonly Dictionary<(string Layer, long Call, long Output), KerasTensor> _tensors = [];
    private readonly List<(Layer Layer, Queue<(string Layer, long Call, long Output)[]> Calls)> _pending = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly string _model;

    private GraphReader(string model) => _model = model;

    public static Model Read(string? name, JsonObject config)
    {
        if (config["layers"] is not JsonArray entries) throw Throw.ConfigMissing("Functional", "layers", config.Select(p => p.Key));
        var reader = new GraphReader(name ?? "Functional");
        foreach (var entry in entries) reader.AddLayer(entry as JsonObject ?? throw Throw.ConfigGraph(reader._model, "an entry of 'layers' is not an object"));
        reader.CallAll();
        return new Model((KerasTensor[])[.. reader.Ends(config, "input_layers")], (KerasTensor[])[.. reader.Ends(config, "output_layers")], name);
    }

    private void AddLayer(JsonObject entry)
    {
        var layer = ObjectConfig.Read<Layer>(entry);
        if (!_names.Add(layer.Name)) throw Throw.ConfigGraph(_model, $"two layers are called '{layer.Name}'");
        if (layer is InputLayer input)
        {
            _tensors[(layer.Name, 0, 0)] = input.Output;
            return;
        }
        var calls = new Queue<(string Layer, long Call, long Output)[]>();
        foreach (var node in entry["inbound_nodes"] as JsonArray ?? [])
        {
            var inputs = new List<(string Layer, long Call, long Output)>();
            Collect(node is JsonObject call ? call["args"] : node, inputs);
            foreach (var (key, value) in node?["kwargs"] as JsonObject ?? [])
            {
                // The states that a recurrent layer starts from stand behind its input here.
                if (key == "initial_state" && value is not null)
                {
                    Collect(value, inputs);
                    continue;
                }
                if (value is not null && value.GetValueKind() != JsonValueKind.False) throw Throw.ConfigGraph(_model, $"the call of '{layer.Name}' passes '{key}', which calls here do not take");
            }
            if (inputs.Count == 0) throw Throw.ConfigGraph(_model, $"a call of '{layer.Name}' has no input");
            calls.Enqueue([.. inputs]);
        }
        _pending.Add((layer, calls));
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
                while (calls.TryPeek(out var inputs) && Array.TrueForAll(inputs, _tensors.ContainsKey))
                {
                    calls.Dequeue();
                    var outputs = layer.Apply([.. inputs.Select(i => _tensors[i])]).Siblings;
                    for (var i = 0; i < outputs.Count; i++) _tensors[(layer.Name, made[layer], i)] = outputs[i];
                    made[layer]++;
                    progress = true;
                }
            }
        }
        if (_pending.Find(p => p.Calls.Count > 0) is { Layer: { } stuck, Calls: { } left })
        {
            var missing = left.Peek().First(i => !_tensors.ContainsKey(i));
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
