using System.Reflection;
using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Conformance;

/// <summary>Makes DeepKeras objects from Keras's words: <c>{"class": "Adam", "config": {"beta_1": 0.9}}</c>.</summary>
internal static class KerasObjects
{
    // They choose how something is computed, not what.
    private static readonly HashSet<string> s_immaterial = ["dtype", "autocast", "unroll", "implementation", "sparse", "trainable"];

    /// <summary>A new object of a family.</summary>
    /// <typeparam name="T">Layer, Loss, Metric ….</typeparam>
    /// <param name="name">Keras's class name.</param>
    /// <param name="config">The options that differ from the defaults.</param>
    public static T Create<T>(string name, JsonElement config)
        where T : class => (T)Create(typeof(T), name, config);

    public static object Create(Type family, string name, JsonElement config)
    {
        var type = Find(family, name);
        var constructor = type.GetConstructors().Single();
        var parameters = constructor.GetParameters();
        var values = Array.ConvertAll(parameters, DefaultOf);
        var given = new bool[parameters.Length];
        foreach (var option in Members(config))
        {
            var index = Array.FindIndex(parameters, p => Answers(p, option.Name));
            if (index >= 0)
            {
                values[index] = JsonValues.Convert(option.Value, parameters[index].ParameterType, $"{name}.{option.Name}");
                given[index] = true;
            }
            else if (!Immaterial(option))
            {
                throw new NotCoveredException($"{name} has no option {option.Name}");
            }
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!given[i] && !parameters[i].HasDefaultValue) throw new NotCoveredException($"{name} wants {parameters[i].Name}, which the case does not give");
        }
        var made = constructor.Invoke(values);
        if (made is Layer layer && Case.Property(config, "trainable").ValueKind == JsonValueKind.False) layer.Trainable = false;
        return made;
    }

    /// <summary>From a name, an object <c>{"class", "config"}</c> or a function <c>{"fn"}</c>.</summary>
    public static object FromJson(Type family, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) return Create(family, json.GetString()!, default);
        if (Case.Property(json, "fn") is { ValueKind: JsonValueKind.String } function) return Create(family, function.GetString()!, default);
        if (Case.Property(json, "class") is { ValueKind: JsonValueKind.String } name) return Create(family, name.GetString()!, Case.Property(json, "config"));
        throw new NotCoveredException($"a {family.Name} written as {json}");
    }

    /// <summary>The class of that name in a family.</summary>
    public static Type Find(Type family, string name)
    {
        var catalog = typeof(Catalog<>).MakeGenericType(family);
        var names = (IEnumerable<string>)catalog.GetProperty("Names", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        if (!names.Contains(name, StringComparer.Ordinal)) throw new NotCoveredException($"no {family.Name} named {name}");
        return (Type)catalog.GetMethod("Find", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [family.Name, name])!;
    }

    public static bool Exists(Type family, string name)
    {
        try
        {
            return Find(family, name) is not null;
        }
        catch (NotCoveredException)
        {
            return false;
        }
    }

    /// <summary>Whether a parameter goes by that name in Keras.</summary>
    public static bool Answers(ParameterInfo parameter, string name) =>
        parameter.GetCustomAttribute<KerasNameAttribute>() is { } given
            ? given.Names.Contains(name, StringComparer.Ordinal)
            : Flat(parameter.Name!) == Flat(name);

    public static object? DefaultOf(ParameterInfo parameter) =>
        !parameter.HasDefaultValue || (parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
            ? parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null
            : parameter.DefaultValue;

    public static IEnumerable<JsonProperty> Members(JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : [];

    private static string Flat(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static bool Immaterial(JsonProperty option) =>
        s_immaterial.Contains(option.Name) || option.Value.ValueKind == JsonValueKind.Null || (option.Name == "data_format" && option.Value.ToString() == "channels_last")
        // One process trains, and knows no others.
        || (option.Name == "synchronized" && option.Value.ValueKind == JsonValueKind.False)
        // Boxes have this format here.
        || (option.Name == "bounding_box_format" && option.Value.ToString() == "xyxy");
}
