using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>Moves what is a constructor parameter here and an argument of the call in Keras between a layer's config and its calls.</summary>
internal static class CallArguments
{
    /// <summary>Takes them out of a layer's written config.</summary>
    /// <returns>Those that differ from the default, for every call of the layer.</returns>
    public static JsonObject Take(Layer layer, JsonObject written)
    {
        var arguments = new JsonObject();
        if (layer is Model || written["config"] is not JsonObject config) return arguments;
        foreach (var member in ConfigClass.Of(layer.GetType()).Members.Where(m => m.IsCallArgument))
        {
            if (config.Remove(member.Key, out var value) && IsGiven(value)) arguments[member.Key] = value;
        }
        return arguments;
    }

    /// <summary>Puts them from the calls into the config, before the layer is made.</summary>
    /// <param name="entry">A layer with its calls; both change.</param>
    /// <param name="model">The model's name, for the error.</param>
    public static void Put(JsonObject entry, string model)
    {
        var name = entry["class_name"]?.GetValueKind() == JsonValueKind.String ? entry["class_name"]!.GetValue<string>() : "";
        if (ModelConfig.IsModel(name) || entry["config"] is not JsonObject config || !Catalog<Layer>.Names.Contains(name, StringComparer.Ordinal)) return;
        JsonObject[] calls = [.. (entry["inbound_nodes"] as JsonArray ?? []).Select(call => call?["kwargs"]).OfType<JsonObject>()];
        foreach (var member in ConfigClass.Of(Catalog<Layer>.Find("layer", name)).Members.Where(m => m.IsCallArgument))
        {
            var values = calls.Select(call => call.Remove(member.Key, out var value) && IsGiven(value) ? value : null).ToList();
            if (values.TrueForAll(v => v is null)) continue;
            if (values.Exists(v => v?.ToJsonString() != values[0]?.ToJsonString())) throw Throw.ConfigGraph(model, $"the calls of '{config["name"]}' differ in '{member.Key}', which is an option of the whole layer here");
            config[member.Key] = values[0];
        }
    }

    private static bool IsGiven(JsonNode? value) => value is not null && value.GetValueKind() != JsonValueKind.False;
}
