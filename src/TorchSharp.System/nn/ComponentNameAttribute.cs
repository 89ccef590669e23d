namespace TorchSharp.Utils;

/// <summary>Gives a field another name in the state dictionary.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public ComponentNameAttribute() { }

    public ComponentNameAttribute(string name) => Name = name;

    public string? Name { get; set; }
}
