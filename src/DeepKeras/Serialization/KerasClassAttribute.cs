namespace DeepKeras.Serialization;

/// <summary>The name of Keras's class where Keras offers it under another one: it is what automatic names and the groups in weight files come from.</summary>
/// <param name="name">The class's own name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class KerasClassAttribute(string name) : Attribute
{
    /// <summary>The class's own name.</summary>
    public string Name { get; } = name;
}
