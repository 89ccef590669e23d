using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>A drawn graph as Keras's functional config: every layer with the calls made of it, every tensor as [layer, call, output].</summary>
internal sealed class GraphWriter
{
    private readonly Dictionary<Node, int> _callNumbers = [];
    private readonly Dictionary<KerasTensor, string> _cutInputs = [];
    private readonly Model _model;

    private GraphWriter(Model model)
    {
        _model = model;
        foreach (var input in model.Inputs)
        {
            // A model may begin at a tensor inside another model; in its own file that tensor is an input of its own.
            if (input.Layer is not InputLayer) _cutInputs[input] = $"{input.Layer.Name}_output";
        }
        foreach (var calls in model.Graph.Nodes.GroupBy(n => ICallVariant.Named(n.Layer)))
        {
            var number = 0;
            foreach (var node in InOrder(calls)) _callNumbers[node] = number++;
        }
    }

    public static JsonObject Write(Model model) => new GraphWriter(model).Write();

    private JsonObject Write()
    {
        var layers = new JsonArray();
        foreach (var (tensor, name) in _cutInputs)
        {
            layers.Add(Entry(ObjectConfig.Envelope(typeof(InputLayer), ConfigFamily.For(typeof(InputLayer))!, InputConfig.Write(name, tensor.Shape, tensor.Dtype)), name, []));
        }
        foreach (var layer in _model.Layers.Select(ICallVariant.Named).Distinct())
        {
            var written = ObjectConfig.Write(layer);
            var options = CallArguments.Take(layer, written);
            var calls = InOrder(_model.Graph.Nodes.Where(n => ICallVariant.Named(n.Layer) == layer && n.Inputs.Count > 0)).Select(n => Call(n, options));
            layers.Add(Entry(written, layer.Name, [.. calls]));
        }
        return new JsonObject
        {
            ["name"] = _model.Name,
            ["trainable"] = _model.Trainable,
            ["layers"] = layers,
            ["input_layers"] = new JsonArray([.. _model.Inputs.Select(Reference)]),
            ["output_layers"] = new JsonArray([.. _model.Outputs.Select(Reference)]),
        };
    }

    /// <summary>The calls of a layer in the order they were made, those of its variants behind.</summary>
    private static IEnumerable<Node> InOrder(IEnumerable<Node> calls) => calls.OrderBy(n => n.Layer is ICallVariant).ThenBy(n => n.Index);

    private static JsonObject Entry(JsonObject layer, string name, JsonArray calls)
    {
        layer["name"] = name;
        layer["inbound_nodes"] = calls;
        return layer;
    }

    private JsonObject Call(Node node, JsonObject options)
    {
        JsonNode[] tensors = [.. node.Inputs.Select(Tensor)];
        var named = options.DeepClone().AsObject();
        if (node.Layer is ICallVariant variant) named[variant.Argument] = true;
        // The states that a recurrent layer starts from go by name.
        if (tensors.Length > 1 && node.Layer is (RecurrentLayer or Bidirectional))
        {
            named["initial_state"] = new JsonArray(tensors[1..]);
            return new JsonObject { ["args"] = new JsonArray(tensors[0]), ["kwargs"] = named };
        }
        if (node.Layer.CallNames is not { } names) return new JsonObject { ["args"] = tensors.Length == 1 ? new JsonArray(tensors) : new JsonArray(new JsonArray(tensors)), ["kwargs"] = named };
        // Keras's query and value stand first; what may be missing goes by name.
        for (var i = 2; i < tensors.Length; i++) named[names[i]] = tensors[i];
        return new JsonObject { ["args"] = new JsonArray([.. tensors.Take(2)]), ["kwargs"] = named };
    }

    private JsonNode Tensor(KerasTensor tensor) => new JsonObject
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = ConfigWriter.Write(tensor.Shape, tensor.Name),
            ["dtype"] = DtypeName.Of(tensor.Dtype),
            ["keras_history"] = Reference(tensor),
        },
    };

    private JsonNode Reference(KerasTensor tensor) => _cutInputs.TryGetValue(tensor, out var name)
        ? new JsonArray(name, 0, 0)
        : new JsonArray(ICallVariant.Named(tensor.Layer).Name, _callNumbers[tensor.Producer], tensor.OutputIndex);
}
