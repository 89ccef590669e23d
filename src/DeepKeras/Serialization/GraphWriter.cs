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
        foreach (var calls in model.Graph.Nodes.GroupBy(n => n.Layer))
        {
            var number = 0;
            foreach (var node in calls.OrderBy(n => n.Index)) _callNumbers[node] = number++;
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
        foreach (var layer in _model.Layers)
        {
            var calls = _model.Graph.Nodes.Where(n => n.Layer == layer && n.Inputs.Count > 0).OrderBy(n => n.Index).Select(Call);
            layers.Add(Entry(ObjectConfig.Write(layer), layer.Name, [.. calls]));
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

    private static JsonObject Entry(JsonObject layer, string name, JsonArray calls)
    {
        layer["name"] = name;
        layer["inbound_nodes"] = calls;
        return layer;
    }

    private JsonNode Call(Node node)
    {
        JsonNode[] tensors = [.. node.Inputs.Select(Tensor)];
        // Keras takes the states that a recurrent layer starts from by name.
        if (tensors.Length > 1 && node.Layer is (RecurrentLayer or Bidirectional)) return new JsonObject { ["args"] = new JsonArray(tensors[0]), ["kwargs"] = new JsonObject { ["initial_state"] = new JsonArray(tensors[1..]) } };
        return new JsonObject { ["args"] = tensors.Length == 1 ? new JsonArray(tensors) : new JsonArray(new JsonArray(tensors)), ["kwargs"] = new JsonObject() };
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
        : new JsonArray(tensor.Layer.Name, _callNumbers[tensor.Producer], tensor.OutputIndex);
}
