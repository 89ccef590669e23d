using System.Reflection;
using System.Text.RegularExpressions;

namespace DeepKeras.Serialization;

/// <summary>Keras's spelling of C# names: <c>Conv2DTranspose</c> → <c>conv2d_transpose</c>, <c>kernelSize</c> → <c>kernel_size</c>.</summary>
internal static partial class Naming
{
    /// <summary>The snake-case form, by the two substitutions that Keras uses for its automatic layer names.</summary>
    public static string ToSnakeCase(string name) =>
        LowerThenUpper().Replace(AnyThenWord().Replace(name, "$1_$2"), "$1_$2").ToLowerInvariant();

    /// <summary>The snake-case form of the class's own name in Keras.</summary>
    public static string ClassInSnakeCase(Type type) => ToSnakeCase(type.GetCustomAttribute<KerasClassAttribute>()?.Name ?? type.Name);

    /// <summary>The name that a class has as a string in Keras: its first <see cref="KerasNameAttribute"/>, else its snake case.</summary>
    public static string KerasName(Type type) =>
        type.GetCustomAttribute<KerasNameAttribute>()?.Names[0] ?? ToSnakeCase(type.Name);

    [GeneratedRegex("(?<1>.)(?<2>[A-Z][a-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyThenWord();

    [GeneratedRegex("(?<1>[a-z])(?<2>[A-Z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LowerThenUpper();
}
