using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Activations;
using DeepKeras.Layers;
using DeepKeras.Schedules;

namespace DeepKeras.Serialization;

/// <summary>Turns JSON back into the value that a constructor's parameter takes.</summary>
internal static class ConfigReader
{
    /// <param name="node">The JSON.</param>
    /// <param name="type">The parameter's type.</param>
    /// <param name="where">Class and key, for the error.</param>
    public static object? Read(JsonNode? node, Type type, string where)
    {
        // What Keras leaves out it writes as null, and so it means something else than the default.
        if (node is null && type == typeof(TextStandardization)) return TextStandardization.None;
        if (node is null && type == typeof(TextSplit)) return TextSplit.None;
        if (node is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        node = Written(node) ?? node;
        return ReadSpatial(node, type)
            ?? ReadKnown(node, type, where)
            ?? ReadList(node, type, where)
            ?? ReadMap(node, type, where)
            ?? ReadConverted(node, type)
            ?? throw Throw.ConfigType(where, Describe(type), node);
    }

    private static object? ReadSpatial(JsonNode node, Type type)
    {
        if (type == typeof(Size1D)) return Spread(node, 1) is [var length] ? new Size1D(length) : null;
        if (type == typeof(Size2D)) return Spread(node, 2) is [var height, var width] ? new Size2D(height, width) : null;
        if (type == typeof(Size3D)) return Spread(node, 3) is [var depth, var middle, var last] ? new Size3D(depth, middle, last) : null;
        if (type == typeof(Padding) && Whole(node, 2) is [var rows, var columns]) return (Padding)((int)rows, (int)columns);
        if (type == typeof(Padding1D)) return Spread(node, 2) is [var before, var after] ? new Padding1D(before, after) : null;
        if (type == typeof(Padding2D)) return Edges(node);
        return type == typeof(Padding3D) ? Faces(node) : null;
    }

    private static object? ReadKnown(JsonNode node, Type type, string where)
    {
        if (ConfigFamily.For(type) is { } family) return Member(node, family, type, where);
        if (type == typeof(Shape)) return Extents(node, where) is { } shape ? new Shape(shape) : null;
        if (type == typeof(Numbers)) return ReadNumbers(node);
        if (type == typeof(Vocabulary<string>) || type == typeof(Vocabulary<long>)) return Tokens(node, type, where);
        if (type == typeof(LearningRate)) return Rate(node);
        if (type == typeof(DtypePolicy)) return (DtypePolicy)(DtypeText(node) ?? throw Throw.ConfigType(where, "the name of a dtype policy", node));
        if (type == typeof(ScalarType)) return DtypeName.Parse(DtypeText(node) ?? throw Throw.ConfigType(where, "the name of an element type", node));
        if (type == typeof(ActivationFunction)) return Text(node) is { } activation ? (ActivationFunction)activation : null;
        if (type == typeof(bool)) return Truth(node);
        if (type == typeof(string)) return Text(node);
        if (type == typeof(double)) return Real(node);
        if (type == typeof(float)) return (float?)Real(node);
        if (type == typeof(int)) return Integer(node) is >= int.MinValue and <= int.MaxValue and var small ? (int)small : null;
        if (type == typeof(long)) return Integer(node);
        if (type.IsEnum) return Array.Find(Enum.GetNames(type), n => string.Equals(Naming.ToSnakeCase(n), Text(node), StringComparison.Ordinal)) is { } name ? Enum.Parse(type, name) : null;
        return null;
    }

    private static object Member(JsonNode node, ConfigFamily family, Type type, string where) =>
        node is JsonObject ? ObjectConfig.ReadObject(node, type) : family.Create(Text(node) ?? throw Throw.ConfigType(where, $"the config or the name of a class ({family.Noun})", node));

    private static object? ReadList(JsonNode node, Type type, string where)
    {
        if (node is not JsonArray array) return null;
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType)
        {
            var parts = type.GetGenericArguments();
            return parts.Length == array.Count ? Activator.CreateInstance(type, [.. parts.Select((part, i) => Read(array[i], part, where))]) : null;
        }
        var element = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])) ? type.GetGenericArguments()[0]
            : null;
        if (element is null) return null;
        var values = Array.CreateInstance(element, array.Count);
        for (var i = 0; i < array.Count; i++) values.SetValue(Read(array[i], element, where), i);
        return type.IsInstanceOfType(values) ? values : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), values);
    }

    private static object? ReadMap(JsonNode node, Type type, string where)
    {
        if (node is not JsonObject entries || !type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IReadOnlyDictionary<,>) || type.GetGenericArguments() is not [var key, var content] || key != typeof(string)) return null;
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, content))!;
        foreach (var (name, value) in entries) map.Add(name, Read(value, content, $"{where}['{name}']"));
        return map;
    }

    /// <summary>By the conversions that the type itself declares: from text, from a number, from an array of numbers.</summary>
    private static object? ReadConverted(JsonNode node, Type type)
    {
        object?[] candidates = node is JsonArray array
            ? [Whole(node, array.Count), Whole(node, array.Count)?.Select(e => (int)e).ToArray(), Reals(array)]
            : [Text(node), Integer(node), (int?)Integer(node), Real(node), Truth(node)];
        foreach (var candidate in candidates)
        {
            if (candidate is not null && ImplicitConversion.TryConvert(candidate, type, out var converted)) return converted;
        }
        return null;
    }

    /// <summary>The numbers of an array or a tensor that Keras wrote as an object.</summary>
    private static JsonNode? Written(JsonNode node) =>
        node is JsonObject { Count: > 0 } written && Text(written["class_name"]) is "__tensor__" or "__numpy__" ? written["config"]?["value"] : null;

    private static bool? Truth(JsonNode node) => node.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    private static string? DtypeText(JsonNode node) => Text(node) ?? Text(node["config"]?["name"]);

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static double? Real(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String => node.GetValue<string>() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, _ => (double?)null },
        _ => null,
    };

    private static long? Integer(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact) ? exact
        : node?.GetValueKind() == JsonValueKind.Number && Real(node) is { } real && real == Math.Floor(real) && Math.Abs(real) < 9.0e15 ? (long)real : null;

    private static long[]? Whole(JsonNode node, int count)
    {
        if (node is not JsonArray array || array.Count != count) return null;
        var values = array.Select(Integer).ToArray();
        return Array.TrueForAll(values, v => v is not null) ? [.. values.Select(v => v!.Value)] : null;
    }

    /// <summary>A list of whole numbers, or one that stands for all.</summary>
    private static long[]? Spread(JsonNode node, int count) => Whole(node, count) ?? (Integer(node) is { } all ? [.. Enumerable.Repeat(all, count)] : null);

    private static double[]? Reals(JsonArray array)
    {
        var values = array.Select(e => e is null ? null : Real(e)).ToArray();
        return Array.TrueForAll(values, v => v is not null) ? [.. values.Select(v => v!.Value)] : null;
    }

    private static long?[]? Extents(JsonNode node, string where) =>
        node is JsonArray array ? [.. array.Select(e => e is null ? (long?)null : Integer(e) ?? throw Throw.ConfigType(where, "a list of extents", node))]
        : Integer(node) is { } single ? [single]
        : null;

    private static Numbers? ReadNumbers(JsonNode node)
    {
        if (Real(node) is { } single) return single;
        var shape = new List<long?>();
        for (var inner = node; inner is JsonArray array; inner = array.Count > 0 ? array[0] : null) shape.Add(array.Count);
        var values = new List<double>();
        return Flatten(node, 0) ? new Numbers(values, new Shape([.. shape])) : null;

        bool Flatten(JsonNode? part, int axis)
        {
            if (part is JsonArray array) return axis < shape.Count && array.Count == shape[axis] && array.All(e => Flatten(e, axis + 1));
            if (part is null || axis != shape.Count || Real(part) is not { } value) return false;
            values.Add(value);
            return true;
        }
    }

    /// <summary>A list only: a path in a model file could name any file of the machine.</summary>
    private static object Tokens(JsonNode node, Type type, string where) =>
        node is not JsonArray ? throw Throw.ConfigType(where, "a list of tokens", node)
        : type == typeof(Vocabulary<string>) ? new Vocabulary<string>((string[])ReadList(node, typeof(string[]), where)!)
        : new Vocabulary<long>((long[])ReadList(node, typeof(long[]), where)!);

    private static object? Rate(JsonNode node)
    {
        if (node is JsonObject) return (LearningRate)ObjectConfig.Read<LearningRateSchedule>(node);
        return Real(node) is { } fixedRate ? (object)(LearningRate)fixedRate : null;
    }

    private static Padding2D? Edges(JsonNode node)
    {
        if (Integer(node) is { } all) return new Padding2D(all, all, all, all);
        if (Whole(node, 2) is [var rows, var columns]) return new Padding2D(rows, rows, columns, columns);
        return node is JsonArray { Count: 2 } pairs && pairs[0] is { } vertical && pairs[1] is { } horizontal
            && Whole(vertical, 2) is [var top, var bottom] && Whole(horizontal, 2) is [var left, var right]
            ? new Padding2D(top, bottom, left, right)
            : null;
    }

    private static Padding3D? Faces(JsonNode node)
    {
        if (Spread(node, 3) is [var slices, var rows, var columns]) return new Padding3D(slices, slices, rows, rows, columns, columns);
        return node is JsonArray { Count: 3 } pairs && pairs.Select(p => p is null ? null : Whole(p, 2)).ToList() is [[var front, var back], [var top, var bottom], [var left, var right]]
            ? new Padding3D(front, back, top, bottom, left, right)
            : null;
    }

    private static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(string) || type == typeof(ActivationFunction) ? "a name"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(float) || type == typeof(LearningRate) ? "a number"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(Naming.ToSnakeCase))}"
        : type == typeof(Numbers) ? "a number or a list of numbers"
        : type == typeof(Shape) || typeof(IEnumerable).IsAssignableFrom(type) ? "a list"
        : $"a value for {type.Name}";
}
