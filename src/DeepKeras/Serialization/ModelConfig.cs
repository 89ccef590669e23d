using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>Whole models as Keras's JSON: a <see cref="Sequential"/> as a list of layers, any other model as a graph.</summary>
internal static class ModelConfig
{
    public static bool IsModel(string className) => className is "Sequential" or "Functional" or "Model";

    /// <summary>Keras's name for the class of a layer or model.</summary>
    public static string ClassName(Layer layer) => layer is Model and not Sequential ? "Functional" : layer.GetType().Name;

    public static JsonObject Write(Model model)
    {
        var (name, config) = model switch
        {
            Sequential stack => ("Sequential", WriteStack(stack)),
            _ when model.GetType() == typeof(Model) => ("Functional", GraphWriter.Write(model)),
            _ => throw Throw.ConfigSubclass(model),
        };
        // Keras finds the Functional class only where it defines it.
        return new JsonObject { ["module"] = name == "Functional" ? "keras.src.models.functional" : "keras", ["class_name"] = name, ["config"] = config, ["registered_name"] = name == "Functional" ? name : null };
    }

    public static Model Read(string className, JsonObject config)
    {
        var name = (string?)ConfigReader.Read(config["name"], typeof(string), $"{className}.name");
        var model = className == "Sequential" ? ReadStack(name, config) : GraphReader.Read(name, config);
        if (config["trainable"] is { } trainable && !(bool)ConfigReader.Read(trainable, typeof(bool), $"{className}.trainable")!) Freeze(model);
        return model;
    }

    private static JsonObject WriteStack(Sequential model)
    {
        var layers = new JsonArray();
        var input = model.IsBuilt ? model.Inputs[0] : null;
        if (input is not null) layers.Add(ObjectConfig.Write(input.Layer));
        foreach (var layer in model.Layers) layers.Add(ObjectConfig.Write(layer));
        var config = new JsonObject { ["name"] = model.Name, ["trainable"] = model.Trainable, ["dtype"] = model.DtypePolicy.ToString(), ["layers"] = layers };
        if (input is not null) config["build_input_shape"] = ConfigWriter.Write(input.Shape, model.Name);
        return config;
    }

    private static Sequential ReadStack(string? name, JsonObject config)
    {
        if (config["layers"] is not JsonArray entries) throw Throw.ConfigMissing("Sequential", "layers", config.Select(p => p.Key));
        var model = new Sequential(name: name);
        foreach (var entry in entries) model.Add(ObjectConfig.Read<Layer>(entry ?? throw Throw.ConfigMissing("Sequential", "layers", [])));
        return model;
    }

    /// <summary>Freezes the model itself but leaves each layer inside as its own config says: one may have been thawed again.</summary>
    private static void Freeze(Model model)
    {
        var inside = new List<(Layer Layer, bool Trainable)>();
        Collect(model);
        model.Trainable = false;
        foreach (var (layer, trainable) in inside)
        {
            if (layer.Trainable != trainable) layer.Trainable = trainable;
        }

        void Collect(Layer parent)
        {
            foreach (var layer in parent.Sublayers)
            {
                inside.Add((layer, layer.Trainable));
                Collect(layer);
            }
        }
    }
}
