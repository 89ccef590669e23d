using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DeepKeras.Activations;
using DeepKeras.Layers;
using DeepKeras.Schedules;

namespace DeepKeras.Serialization;

/// <summary>Turns the value of one config property into JSON.</summary>
internal static class ConfigWriter
{
    /// <param name="value">The property's value.</param>
    /// <param name="where">Class and key, for the error.</param>
    public static JsonNode? Write(object? value, string where) => value switch
    {
        null => null,
        bool b => JsonValue.Create(b),
        string s => JsonValue.Create(s),
        int or long or short or byte or uint => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float f => Number(float.IsFinite(f) ? double.Parse(f.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : f),
        double d => Number(d),
        ScalarType type => JsonValue.Create(DtypeName.Of(type)),
        Enum e => JsonValue.Create(Naming.ToSnakeCase(e.ToString())),
        Shape shape => List(shape, where),
        // Keras's Dot takes a list for two axes only, and one axis as a number everywhere.
        Axes { Count: 1 } axis => JsonValue.Create((long)axis[0]),
        ISpatialSize size => List(size.ToArray(), where),
        Numbers numbers => numbers.IsScalar ? Number(numbers[0]) : Nested(numbers, 0, 0, numbers.Count),
        Padding1D ends => List(new[] { ends.Before, ends.After }, where),
        ISpatialEdges faces => List(faces.ToArray(), where),
        Padding2D edges => new JsonArray(List(new[] { edges.Top, edges.Bottom }, where), List(new[] { edges.Left, edges.Right }, where)),
        Padding { Mode: PaddingMode.Explicit } cells => List(cells.Cells.ToArray(), where),
        LearningRate { Schedule: { } schedule } => ObjectConfig.Write(schedule),
        LearningRate rate => Number(rate.At(0)),
        ActivationFunction activation => ActivationFunction.Names.Contains(activation.Name, StringComparer.Ordinal) ? JsonValue.Create(activation.Name) : throw Throw.ConfigActivation(where, activation.Name),
        CudnnUse { Wanted: { } wanted } => JsonValue.Create(wanted),
        NGrams { Most: { } most } => JsonValue.Create((long)most),
        HashSalt salt => List(new[] { salt.First, salt.Second }, where),
        HashMask { Number: { } number } => JsonValue.Create(number),
        Vocabulary<string> or Vocabulary<long> => List((IEnumerable)value, where),
        TextStandardization standardize => standardize.HasFunction ? throw Throw.ConfigValue(where, typeof(Delegate)) : JsonValue.Create(standardize.Name),
        TextSplit split => split.HasFunction ? throw Throw.ConfigValue(where, typeof(Delegate)) : JsonValue.Create(split.Name),
        ITuple tuple => List(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), where),
        _ when ConfigFamily.For(value.GetType()) is not null => ObjectConfig.Write(value),
        _ when ImplicitConversion.Exists(typeof(string), value.GetType()) => JsonValue.Create(value.ToString()),
        IDictionary map => Map(map, where),
        IEnumerable list => List(list, where),
        _ => throw Throw.ConfigValue(where, value.GetType()),
    };

    /// <summary>Whole numbers keep their point (<c>1.0</c>), because Keras tells floats from integers by it.</summary>
    public static JsonNode Number(double value)
    {
        if (!double.IsFinite(value)) return JsonValue.Create(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? JsonNode.Parse(text + ".0")! : JsonValue.Create(value);
    }

    /// <summary>An array of several axes as lists in lists.</summary>
    private static JsonArray Nested(Numbers numbers, int axis, int start, int length)
    {
        var array = new JsonArray();
        var step = length / (int)Math.Max(1, numbers.Shape[axis]!.Value);
        for (var i = start; i < start + length; i += step) array.Add(axis == numbers.Shape.Rank - 1 ? Number(numbers[i]) : Nested(numbers, axis + 1, i, step));
        return array;
    }

    private static JsonArray List(IEnumerable values, string where)
    {
        var array = new JsonArray();
        foreach (var value in values) array.Add(Write(value, where));
        return array;
    }

    private static JsonObject Map(IDictionary values, string where)
    {
        var map = new JsonObject();
        foreach (DictionaryEntry entry in values) map[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = Write(entry.Value, where);
        return map;
    }
}
