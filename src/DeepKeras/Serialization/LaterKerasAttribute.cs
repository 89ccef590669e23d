namespace DeepKeras.Serialization;

/// <summary>A constructor parameter that early versions of Keras 3 do not know. It is left out of a config where it has its default, so that they read the file.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LaterKerasAttribute : Attribute;
