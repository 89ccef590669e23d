using System.Collections;
using System.Reflection;
using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Regularizers;
using DeepKeras.Schedules;

namespace DeepKeras.Conformance;

/// <summary>JSON values as constructor parameters want them: numbers, tuples through implicit conversions, objects of the families.</summary>
internal static class JsonValues
{
    private static readonly Type[] s_families =
    [
        typeof(Layer), typeof(Initializer), typeof(Regularizer), typeof(Constraint), typeof(Loss), typeof(Metric), typeof(Optimizer), typeof(LearningRateSchedule),
    ];

    /// <param name="json">What the case says.</param>
    /// <param name="type">What the parameter takes.</param>
    /// <param name="where">For the reason, where it cannot be converted.</param>
    public static object? Convert(JsonElement json, Type type, string where) =>
        TryConvert(json, type, out var value) ? value : throw new NotCoveredException($"{where} = {json} does not fit {type.Name}");

    public static bool TryConvert(JsonElement json, Type type, out object? value)
    {
        value = null;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return json.ValueKind == JsonValueKind.Null || TryConvert(json, underlying, out value);
        if (json.ValueKind == JsonValueKind.Null)
        {
            // Keras writes None for "no reduction".
            if (type == typeof(Reduction)) value = (Reduction)"none";
            else if (type.IsValueType) return false;
            return true;
        }
        if (Primitive(json, type, out value)) return true;
        if (type == typeof(ScalarType) && json.ValueKind == JsonValueKind.String && Enum.TryParse<ScalarType>(json.GetString(), true, out var dtype)) return Ok(dtype, out value);
        if (type == typeof(Tensor)) return Ok(JsonTensors.Read(json), out value);
        if (type == typeof(Numbers) && JsonTensors.IsTensor(json)) return Ok(new Numbers(JsonTensors.Numbers(json), new Shape(JsonTensors.ShapeOf(json))), out value);
        if (type == typeof(Shape)) return ShapeOf(json, out value);
        if (json.ValueKind == JsonValueKind.Object && type.IsAssignableFrom(typeof(Dictionary<string, double>)) && json.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Number)) return Ok(json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble(), StringComparer.Ordinal), out value);
        if (type == typeof(ActivationFunction)) return Ok(Activation(json), out value);
        // Keras takes a list of cells for several on top of each other.
        if (type == typeof(Layer) && json.ValueKind == JsonValueKind.Array && TryConvert(json, typeof(Layer[]), out var cells)) return Ok(new StackedRNNCells((Layer[])cells!), out value);
        if (Array.Find(s_families, f => f == type) is { } family) return Ok(KerasObjects.FromJson(family, json), out value);
        // Keras writes the only extent of a sequence as a number or as a list of one.
        if (type == typeof(Size1D) && json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1) return TryConvert(json[0], type, out value);
        return Sequence(json, type, out value) || Tuple(json, type, out value) || Implicit(json, type, out value);
    }

    private static bool Primitive(JsonElement json, Type type, out object? value)
    {
        value = null;
        if (type == typeof(string) && json.ValueKind == JsonValueKind.String) return Ok(json.GetString(), out value);
        if (type == typeof(bool) && json.ValueKind is JsonValueKind.True or JsonValueKind.False && type == typeof(bool)) return Ok(json.GetBoolean(), out value);
        if (json.ValueKind != JsonValueKind.Number) return false;
        if (type == typeof(double)) return Ok(json.GetDouble(), out value);
        if (type == typeof(float)) return Ok((float)json.GetDouble(), out value);
        if (!double.IsInteger(json.GetDouble())) return false;
        if (type == typeof(int)) return Ok((int)json.GetDouble(), out value);
        if (type == typeof(long)) return Ok((long)json.GetDouble(), out value);
        return false;
    }

    private static bool ShapeOf(JsonElement json, out object? value)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.Number => new Shape(json.GetInt64()),
            JsonValueKind.Array => new Shape([.. json.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (long?)null : e.GetInt64())]),
            _ => null,
        };
        return value is not null;
    }

    private static ActivationFunction Activation(JsonElement json)
    {
        var name = json.ValueKind == JsonValueKind.String ? json.GetString()! : Case.Property(json, "fn").ToString();
        return ActivationFunction.Names.Contains(name, StringComparer.Ordinal) ? name : throw new NotCoveredException($"no activation named {name}");
    }

    private static bool Sequence(JsonElement json, Type type, out object? value)
    {
        value = null;
        var element = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0]
            : null;
        if (element is null || json.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) return false;
        JsonElement[] items = JsonTensors.IsTensor(json) ? [.. json.GetProperty("data").EnumerateArray()] : json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];
        var array = Array.CreateInstance(element, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(items[i], element, out var item)) return false;
            array.SetValue(item, i);
        }
        if (!type.IsAssignableFrom(array.GetType())) return false;
        return Ok(array, out value);
    }

    private static bool Tuple(JsonElement json, Type type, out object? value)
    {
        value = null;
        if (!type.IsGenericType || type.FullName?.StartsWith("System.ValueTuple", StringComparison.Ordinal) != true || json.ValueKind != JsonValueKind.Array) return false;
        var types = type.GetGenericArguments();
        JsonElement[] items = [.. json.EnumerateArray()];
        if (items.Length != types.Length) return false;
        var values = new object?[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            if (!TryConvert(items[i], types[i], out values[i])) return false;
        }
        return Ok(Activator.CreateInstance(type, values), out value);
    }

    private static bool Implicit(JsonElement json, Type type, out object? value)
    {
        value = null;
        foreach (var conversion in type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == "op_Implicit" && m.ReturnType == type))
        {
            var source = conversion.GetParameters()[0].ParameterType;
            if (source.IsByRefLike || source == type || !TryConvert(json, source, out var given)) continue;
            return Ok(conversion.Invoke(null, [given]), out value);
        }
        return false;
    }

    private static bool Ok(object? made, out object? value)
    {
        value = made;
        return true;
    }
}
