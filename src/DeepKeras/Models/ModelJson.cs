using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>A model's architecture as text and back, and copies with fresh weights.</summary>
public static class ModelJson
{
    internal static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    internal static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
    internal static readonly JsonDocumentOptions Strict = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    extension(Model model)
    {
        /// <summary>The architecture as Keras's JSON: layers, their configs and how they are connected; no weights.</summary>
        /// <param name="indented">Whether to break it into lines.</param>
        /// <exception cref="KerasException">A layer holds code (Lambda, TorchModule) or is a subclassed model.</exception>
        /// <remarks><code>var copy = Model.FromJson(model.ToJson());</code></remarks>
        public string ToJson(bool indented = false) => ObjectConfig.Write(model).ToJsonString(indented ? Indented : Plain);

        /// <summary>A model of the same architecture and layer names with weights of its own, drawn anew (Keras: <c>keras.models.clone_model</c>).</summary>
        /// <exception cref="KerasException">A layer holds code (Lambda, TorchModule) or is a subclassed model.</exception>
        public Model Clone() => ObjectConfig.Read<Model>(ObjectConfig.Write(model));

        /// <summary>A new model from what <c>ToJson</c>, or Keras's <c>to_json</c>, wrote. Its weights are drawn anew.</summary>
        /// <param name="json">The text.</param>
        /// <exception cref="KerasException">The text is no model, or asks for a class, key or value that is not known here.</exception>
        public static Model FromJson(string json) => ObjectConfig.Read<Model>(Parse(json));
    }

    internal static JsonNode Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw Throw.ConfigText("it holds no object.");
        }
        catch (JsonException error)
        {
            throw Throw.ConfigText(error.Message);
        }
    }
}
