using System.Reflection;
using DeepKeras.Activations;
using DeepKeras.Serialization;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Activation functions, with or without further arguments.</summary>
internal static class FunctionCases
{
    public static string? Activation(Case @case) => @case.Compare(Call(@case.Name, @case.Inputs, @case.Input("x")!));

    /// <summary>Calls the function of <see cref="ActivationFunctions"/> that takes the given arguments.</summary>
    /// <param name="name">Keras's name of it.</param>
    /// <param name="arguments">An object; every member but <c>x</c> must be a parameter.</param>
    /// <param name="x">The tensor.</param>
    public static Tensor Call(string name, JsonElement arguments, Tensor x)
    {
        JsonProperty[] further = [.. KerasObjects.Members(arguments).Where(p => p.Name is not "x")];
        var methods = typeof(ActivationFunctions).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => Names(m).Contains(name, StringComparer.Ordinal)).ToList();
        if (methods.Count == 0) throw new NotCoveredException($"no activation named {name}");
        foreach (var method in methods.OrderBy(m => m.GetParameters().Length))
        {
            var parameters = method.GetParameters();
            if (!Array.TrueForAll(further, a => Array.Exists(parameters, p => KerasObjects.Answers(p, a.Name)))) continue;
            var values = Array.ConvertAll(parameters, KerasObjects.DefaultOf);
            values[0] = x;
            foreach (var argument in further)
            {
                var index = Array.FindIndex(parameters, p => KerasObjects.Answers(p, argument.Name));
                if (argument.Value.ValueKind == JsonValueKind.Null)
                {
                    // None stands for all axes at once.
                    if (parameters[index].ParameterType != typeof(Axes)) throw new NotCoveredException($"{name} with {argument.Name} = None");
                    values[index] = new Axes([.. Enumerable.Range(0, (int)x.ndim)]);
                    continue;
                }
                values[index] = JsonValues.Convert(argument.Value, parameters[index].ParameterType, $"{name}.{argument.Name}");
            }
            return (Tensor)method.Invoke(null, values)!;
        }
        throw new NotCoveredException($"activation {name} does not take {string.Join(", ", further.Select(a => a.Name))}");
    }

    private static IEnumerable<string> Names(MethodInfo method) =>
        method.GetCustomAttribute<KerasNameAttribute>() is { } given ? given.Names : [Naming.ToSnakeCase(method.Name)];
}
