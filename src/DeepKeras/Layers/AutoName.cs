using System.Collections.Concurrent;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>Automatic names as Keras gives them: <c>dense</c>, <c>dense_1</c>, <c>dense_2</c>; models <c>sequential</c>, <c>functional_1</c>.</summary>
internal static class AutoName
{
    private static readonly ConcurrentDictionary<string, int> s_used = new(StringComparer.Ordinal);

    public static string Next(Type type) => Next(type == typeof(Model) ? "functional" : Naming.ClassInSnakeCase(type));

    public static string Next(string prefix)
    {
        var number = s_used.AddOrUpdate(prefix, 0, (_, last) => last + 1);
        return number == 0 ? prefix : $"{prefix}_{number}";
    }

    /// <summary>Starts counting anew (<see cref="Keras.ClearSession"/>).</summary>
    public static void Reset() => s_used.Clear();
}
