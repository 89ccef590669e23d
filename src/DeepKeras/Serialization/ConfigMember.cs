using System.Reflection;

namespace DeepKeras.Serialization;

/// <summary>One constructor parameter and the property that shows its resolved value.</summary>
/// <param name="Key">The name in Keras's JSON.</param>
/// <param name="Parameter">The constructor's parameter.</param>
/// <param name="Property">The property of the same name.</param>
internal sealed record ConfigMember(string Key, ParameterInfo Parameter, PropertyInfo Property)
{
    /// <summary>Whether Keras takes it where the layer is called.</summary>
    public bool IsCallArgument { get; } = Parameter.IsDefined(typeof(CallArgumentAttribute), inherit: false);

    /// <summary>Whether early versions of Keras 3 do not know it.</summary>
    public bool IsLater { get; } = Parameter.IsDefined(typeof(LaterKerasAttribute), inherit: false);

    /// <summary>What the constructor gets when the config does not hold the key.</summary>
    public object? Default => Parameter.DefaultValue is null && Parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(Parameter.ParameterType) is null
        ? Activator.CreateInstance(Parameter.ParameterType)
        : Parameter.DefaultValue;
}
