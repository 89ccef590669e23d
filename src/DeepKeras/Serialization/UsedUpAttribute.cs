namespace DeepKeras.Serialization;

/// <summary>A constructor parameter that is used up where the object is made or built: no property holds it, and no config or copy carries it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class UsedUpAttribute : Attribute;
