using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepKeras.Serialization;

/// <summary>Keys that Keras 3 writes for abilities that are switched off, and that may therefore be left aside when its JSON is read.</summary>
internal static class UnusedKeys
{
    /// <summary>Values that mean "not used" though they are neither null nor false.</summary>
    private static readonly Dictionary<string, string> s_neutral = new(StringComparer.Ordinal)
    {
        ["*.groups"] = "1",
        ["*.decay"] = "0.0",
        ["*.jit_compile"] = "true",
        ["*.autocast"] = "true",
        ["*.ema_momentum"] = "0.99",
        ["*.encoding"] = "\"utf-8\"",
        ["*.vocabulary_dtype"] = "\"int64\"",
        ["*.has_input_vocabulary"] = "true",
        // Boxes have this format here.
        ["*.bounding_box_format"] = "\"xyxy\"",
    };

    /// <summary>Keys whose values follow from others, or decide nothing.</summary>
    private static readonly HashSet<string> s_derived = new(StringComparer.Ordinal) { "IntegerLookup.vocabulary_size", "StringLookup.vocabulary_size", "StringLookup.oov_method", "TextVectorization.vocabulary_size" };

    public static bool MayDrop(string type, string key, JsonNode? value) =>
        value is null
        || value.GetValueKind() == JsonValueKind.False
        || s_derived.Contains($"{type}.{key}")
        || (s_neutral.TryGetValue($"{type}.{key}", out var neutral) || s_neutral.TryGetValue($"*.{key}", out neutral)) && value.ToJsonString() == neutral;
}
