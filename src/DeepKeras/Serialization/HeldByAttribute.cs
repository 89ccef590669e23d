namespace DeepKeras.Serialization;

/// <summary>
/// Names the property that holds a constructor parameter, where it cannot bear the parameter's own name:
/// a class <c>L1</c> with a parameter <c>l1</c> cannot have a property <c>L1</c>.
/// </summary>
/// <param name="property">The property's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HeldByAttribute(string property) : Attribute
{
    /// <summary>The property's name.</summary>
    public string Property { get; } = property;
}
