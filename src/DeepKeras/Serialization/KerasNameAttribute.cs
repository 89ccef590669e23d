namespace DeepKeras.Serialization;

/// <summary>Further names that a class answers to as a string (<c>"mse"</c>), or the name of a constructor parameter in Keras's JSON (<c>beta_1</c>) where it is not its snake-case form.</summary>
/// <param name="names">The names, the preferred one first.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Method, Inherited = false)]
public sealed class KerasNameAttribute(params string[] names) : Attribute
{
    /// <summary>The names, the preferred one first.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
