using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>The config of an <see cref="InputLayer"/>, which Keras writes with the batch axis in front: <c>"batch_shape": [null, 28, 28, 1]</c>.</summary>
internal static class InputConfig
{
    private static readonly string[] s_keys = ["batch_shape", "batch_input_shape", "shape", "batch_size", "dtype", "name", "sparse", "ragged", "optional", "trainable"];

    public static JsonObject Write(InputLayer layer) => Write(layer.Name, new Shape([layer.BatchSize, .. layer.Shape]), layer.Dtype);

    public static JsonObject Write(string name, Shape batchShape, ScalarType dtype) => new()
    {
        ["batch_shape"] = ConfigWriter.Write(batchShape, name),
        ["dtype"] = DtypeName.Of(dtype),
        ["sparse"] = false,
        ["ragged"] = false,
        ["name"] = name,
        ["optional"] = false,
    };

    public static InputLayer Read(JsonObject config)
    {
        foreach (var (key, value) in config)
        {
            if (!s_keys.Contains(key, StringComparer.Ordinal) || (key is "sparse" or "ragged" or "optional" && !UnusedKeys.MayDrop(nameof(InputLayer), key, value)))
            {
                throw Throw.ConfigUnknownKey(nameof(InputLayer), key, value, s_keys);
            }
        }
        var batch = (Shape?)ConfigReader.Read(config["batch_shape"] ?? config["batch_input_shape"], typeof(Shape), "InputLayer.batch_shape");
        var shape = batch?[1..] ?? (Shape?)ConfigReader.Read(config["shape"], typeof(Shape), "InputLayer.shape");
        return new InputLayer(
            shape ?? throw Throw.ConfigMissing(nameof(InputLayer), "batch_shape", config.Select(p => p.Key)),
            batch is null ? (long?)ConfigReader.Read(config["batch_size"], typeof(long?), "InputLayer.batch_size") : batch[0],
            (ScalarType?)ConfigReader.Read(config["dtype"], typeof(ScalarType?), "InputLayer.dtype"),
            (string?)ConfigReader.Read(config["name"], typeof(string), "InputLayer.name"));
    }
}
