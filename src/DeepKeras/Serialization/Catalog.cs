using System.Collections.Concurrent;
using System.Reflection;

namespace DeepKeras.Serialization;

/// <summary>
/// All concrete classes derived from <typeparamref name="T"/>, found by their names: being a concrete subclass in this assembly is the registration;
/// a user's class registers with <see cref="Keras.Register{T}"/>.
/// </summary>
internal static class Catalog<T>
    where T : class
{
    private static readonly ConcurrentDictionary<string, Type> s_byName = new(StringComparer.Ordinal);

    static Catalog()
    {
        foreach (var type in typeof(T).Assembly.GetTypes())
        {
            if (type is { IsClass: true, IsAbstract: false, IsPublic: true, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(T))) Add(type);
        }
    }

    /// <summary>Every class once.</summary>
    public static IEnumerable<Type> Types => s_byName.Values.Distinct().OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>Every name that <see cref="Find"/> takes.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    public static void Add(Type type)
    {
        s_byName[type.Name] = type;
        s_byName[Naming.ToSnakeCase(type.Name)] = type;
        foreach (var name in type.GetCustomAttribute<KerasNameAttribute>()?.Names ?? []) s_byName[name] = type;
    }

    /// <summary>The class of that name.</summary>
    /// <param name="what">What it is to the user, for the error: "loss", "optimizer" ….</param>
    /// <param name="name">A class name, its snake case, or an alias.</param>
    public static Type Find(string what, string name) =>
        s_byName.TryGetValue(name, out var type) ? type : throw Throw.UnknownName(what, name, s_byName.Keys);

    /// <summary>A new object of that name, with every default.</summary>
    public static T Create(string what, string name)
    {
        var type = Find(what, name);
        var constructor = type.GetConstructors().Single();
        var parameters = constructor.GetParameters();
        if (Array.Exists(parameters, p => !p.HasDefaultValue)) throw Throw.NotABuiltIn(what, type);
        try
        {
            return (T)constructor.Invoke([.. parameters.Select(p => p.DefaultValue is null && p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null ? Activator.CreateInstance(p.ParameterType) : p.DefaultValue)]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is KerasException cause)
        {
            throw new KerasException(cause.Message, cause);
        }
    }
}
