using System.Collections.Concurrent;
using System.Reflection;

namespace DeepKeras.Serialization;

/// <summary>How objects of one class are taken apart and put together: its only public constructor and the properties of the parameters' names.</summary>
internal sealed class ConfigClass
{
    private static readonly ConcurrentDictionary<Type, ConfigClass> s_known = new();
    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;

    private ConfigClass(Type type)
    {
        _constructor = type.GetConstructors() is [var only] ? only : throw Throw.ConfigConstructors(type);
        _parameters = _constructor.GetParameters();
        Members = [.. _parameters.Where(IsKept).Select(parameter => Member(type, parameter))];
    }

    /// <summary>The parameters in order, without those that are used up.</summary>
    public IReadOnlyList<ConfigMember> Members { get; }

    public static ConfigClass Of(Type type) => s_known.GetOrAdd(type, t => new ConfigClass(t));

    /// <summary>Calls the constructor; an error inside comes out as it is.</summary>
    /// <param name="arguments">One for each of <see cref="Members"/>.</param>
    public object Create(object?[] arguments)
    {
        var next = 0;
        try
        {
            return _constructor.Invoke([.. _parameters.Select(parameter => IsKept(parameter) ? arguments[next++] : null)]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is KerasException cause)
        {
            throw new KerasException(cause.Message, cause);
        }
    }

    private static bool IsKept(ParameterInfo parameter) => !parameter.IsDefined(typeof(UsedUpAttribute), inherit: false);

    private static ConfigMember Member(Type type, ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var key = parameter.GetCustomAttribute<KerasNameAttribute>()?.Names[0] ?? Naming.ToSnakeCase(name);
        var held = parameter.GetCustomAttribute<HeldByAttribute>()?.Property ?? char.ToUpperInvariant(name[0]) + name[1..];
        var property = type.GetProperty(held, BindingFlags.Public | BindingFlags.Instance);
        return new ConfigMember(key, parameter, property ?? throw Throw.ConfigProperty(type, name));
    }
}
