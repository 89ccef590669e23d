using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepKeras.Serialization;

/// <summary>
/// The calls of a graph as Keras 2 lists them, <c>[["conv_a", 0, 0, {}], ["tower", 1, 0, {}]]</c> for one call on two tensors, in the form of Keras 3. Keras 2 counts the
/// drawing of a nested model as its first call.
/// </summary>
internal static class KerasLegacyGraph
{
    public static void Modernize(JsonObject config)
    {
        if (config["layers"] is not JsonArray layers || layers.Any(l => Calls(l).Any(c => c is JsonObject))) return;
        var models = layers.Where(l => ModelConfig.IsModel(Text(l?["class_name"]) ?? "")).Select(l => Text(l?["config"]?["name"])).ToHashSet(StringComparer.Ordinal);
        var references = new List<JsonArray>();
        foreach (var layer in layers)
        {
            foreach (var call in Calls(layer)) Collect(call, references);
        }
        Collect(config["output_layers"], references);
        foreach (var uses in references.GroupBy(r => Text(r[0]), StringComparer.Ordinal).Where(g => models.Contains(g.Key)))
        {
            if (uses.Any(r => r[1]?.GetValueKind() != JsonValueKind.Number || r[1]!.GetValue<int>() == 0)) continue;
            foreach (var use in uses) use[1] = use[1]!.GetValue<int>() - 1;
        }
        foreach (var layer in layers)
        {
            if (layer?["inbound_nodes"] is JsonArray calls) layer["inbound_nodes"] = new JsonArray([.. calls.Select(Call)]);
        }
    }

    private static IEnumerable<JsonNode?> Calls(JsonNode? layer) => layer?["inbound_nodes"] as JsonArray ?? [];

    private static JsonNode Call(JsonNode? call)
    {
        var references = new List<JsonArray>();
        Collect(call, references);
        var options = new JsonObject();
        foreach (var (key, value) in references.SelectMany(r => r.ElementAtOrDefault(3) as JsonObject ?? [])) options[key] = value?.DeepClone();
        return new JsonObject { ["args"] = call?.DeepClone(), ["kwargs"] = options };
    }

    private static void Collect(JsonNode? node, List<JsonArray> found)
    {
        if (node is not JsonArray array) return;
        if (array.Count >= 3 && Text(array[0]) is not null) found.Add(array);
        else foreach (var item in array) Collect(item, found);
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
