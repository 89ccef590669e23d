using System.Reflection;

namespace DeepKeras.Serialization;

/// <summary>The conversions that small value types declare (<c>Padding</c> from a string, <c>Axes</c> from numbers), found by reflection.</summary>
internal static class ImplicitConversion
{
    public static bool Exists(Type from, Type to) => Find(from, to) is not null;

    /// <summary>Converts, or says that there is no such conversion.</summary>
    public static bool TryConvert(object value, Type to, out object? converted)
    {
        var method = Find(value.GetType(), to);
        converted = null;
        if (method is null) return false;
        try
        {
            converted = method.Invoke(null, [value]);
            return true;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is KerasException cause)
        {
            throw new KerasException(cause.Message, cause);
        }
    }

    private static MethodInfo? Find(Type from, Type to) => Array.Find(
        to.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly),
        m => m.Name == "op_Implicit" && m.ReturnType == to && m.GetParameters() is [{ ParameterType: var only }] && only == from);
}
