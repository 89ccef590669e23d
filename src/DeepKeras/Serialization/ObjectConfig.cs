using System.Text.Json.Nodes;
using DeepKeras.Initializers;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// Layers, losses, metrics, optimizers, initializers, regularizers, constraints and schedules as Keras's JSON and back:
/// <c>{"class_name": "Dense", "config": {"name": "dense", "trainable": true, "dtype": "float32", "units": 10, …}}</c>.
/// </summary>
/// <remarks>
/// Nothing is written per class: the keys are the parameters of the only public constructor in snake case, the values are the properties of the same names.
/// JSON that Keras 3 wrote is read, as long as it asks for nothing that the class here does not have.
/// <code>var copy = ObjectConfig.Read&lt;Layer&gt;(ObjectConfig.Write(layer));</code>
/// </remarks>
public static class ObjectConfig
{
    /// <summary>The object as class name and config.</summary>
    /// <param name="value">A layer (a model too), loss, metric, optimizer, initializer, regularizer, constraint or schedule.</param>
    /// <returns>JSON that <see cref="Read{T}"/> and Keras understand.</returns>
    /// <exception cref="KerasException">The object holds code (a lambda, a TorchSharp module) or another value that is not data.</exception>
    public static JsonObject Write(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var type = value.GetType();
        var family = ConfigFamily.For(type) ?? throw Throw.ConfigFamily(type);
        return value is Model model ? ModelConfig.Write(model) : Envelope(type, family, value is InputLayer input ? InputConfig.Write(input) : Properties(value, type));
    }

    /// <summary>A new object from class name and config.</summary>
    /// <typeparam name="T">What it is: <see cref="Layer"/>, <see cref="Losses.Loss"/>, <see cref="Optimizer"/> ….</typeparam>
    /// <param name="json">What <see cref="Write"/> or Keras wrote, or just a name such as <c>"adam"</c>.</param>
    /// <returns>An object with the same configuration; a layer has the same name and no weights yet.</returns>
    /// <exception cref="KerasException">A class, a key or a value is unknown or missing; the message says which.</exception>
    public static T Read<T>(JsonNode json)
        where T : class => ReadObject(json, typeof(T)) as T ?? throw Throw.ConfigType("The config", $"a {typeof(T).Name}", json);

    internal static object ReadObject(JsonNode json, Type type)
    {
        ArgumentNullException.ThrowIfNull(json);
        var family = ConfigFamily.For(type) ?? throw Throw.ConfigFamily(type);
        if (json is not JsonObject envelope) return ConfigReader.Read(json, type, family.Noun)!;
        if (envelope["class_name"]?.GetValueKind() != System.Text.Json.JsonValueKind.String) throw Throw.ConfigEnvelope(family.Noun, "class_name", envelope);
        var name = envelope["class_name"]!.GetValue<string>();
        var config = envelope["config"] switch
        {
            JsonObject given => given,
            null => [],
            var other => throw Throw.ConfigType($"{name} config", "an object", other),
        };
        if (family.BaseType == typeof(Layer) && ModelConfig.IsModel(name)) return ModelConfig.Read(name, config);
        var found = family.Find(name);
        return found == typeof(InputLayer) ? InputConfig.Read(config) : Create(found, config);
    }

    internal static JsonObject Envelope(Type type, ConfigFamily family, JsonObject config) => new()
    {
        ["module"] = family.IsBuiltIn(type) ? family.Module : null,
        ["class_name"] = type.Name,
        ["config"] = config,
        ["registered_name"] = family.IsBuiltIn(type) ? null : type.Name,
    };

    private static JsonObject Properties(object value, Type type)
    {
        var config = new JsonObject();
        if (value is Layer named)
        {
            config["name"] = named.Name;
            // Keras's classes take no such key, and have nothing to train.
            if (named is not (SpatialDropout2D or Discretization)) config["trainable"] = named.Trainable;
            config["dtype"] = named.DtypePolicy.ToString();
        }
        foreach (var member in ConfigClass.Of(type).Members)
        {
            var content = value is RandomInitializer { HasDrawnSeed: true } && member.Key == "seed" ? null : member.Property.GetValue(value);
            // Keras has no such key; it says here where a Sequential starts, and is left out everywhere else.
            if (value is Layer && member.Key == "input_shape" && content is null) continue;
            if (member.IsLater && Equals(content, member.Default)) continue;
            config[member.Key] = ConfigWriter.Write(content, value is Layer layer ? $"{layer.Where}, {member.Key}" : $"{type.Name}.{member.Key}");
        }
        return config;
    }

    private static object Create(Type type, JsonObject config)
    {
        var members = ConfigClass.Of(type).Members;
        var isLayer = type.IsAssignableTo(typeof(Layer));
        foreach (var (key, value) in config)
        {
            if (members.Any(m => m.Key == key) || key == "dtype" || (isLayer && key == "trainable")) continue;
            if (!UnusedKeys.MayDrop(type.Name, key, value)) throw Throw.ConfigUnknownKey(type.Name, key, value, members.Select(m => m.Key));
        }
        var arguments = new object?[members.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var member = members[i];
            arguments[i] = config.TryGetPropertyValue(member.Key, out var node) ? ConfigReader.Read(node, member.Parameter.ParameterType, $"{type.Name}.{member.Key}")
                : member.Parameter.HasDefaultValue ? member.Default
                : throw Throw.ConfigMissing(type.Name, member.Key, config.Select(p => p.Key));
        }
        var made = ConfigClass.Of(type).Create(arguments);
        if (made is Layer layer) Settle(layer, config);
        return made;
    }

    private static void Settle(Layer layer, JsonObject config)
    {
        if (config["dtype"] is { } dtype) layer.DtypePolicy = (DtypePolicy)ConfigReader.Read(dtype, typeof(DtypePolicy), $"{layer.Name}.dtype")!;
        if (config["trainable"] is { } trainable && !(bool)ConfigReader.Read(trainable, typeof(bool), $"{layer.Name}.trainable")!) layer.Trainable = false;
    }
}
