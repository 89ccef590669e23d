using System.Reflection;
using System.Runtime.CompilerServices;
using DeepKeras.Serialization;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Methods of <see cref="Ops"/>, found by their snake-case name and called with what a case gives.</summary>
internal static class OpsCases
{
    public static bool Has(string name) => Methods(name).Any();

    public static string? Run(Case @case)
    {
        foreach (var method in Methods(@case.Name))
        {
            var parameters = method.GetParameters();
            var values = Array.ConvertAll(parameters, KerasObjects.DefaultOf);
            var fits = true;
            foreach (var input in KerasObjects.Members(@case.Inputs))
            {
                var index = Array.FindIndex(parameters, p => KerasObjects.Answers(p, input.Name));
                fits &= index < 0 ? input.Value.ValueKind == JsonValueKind.Null : TryRead(input.Value, parameters[index].ParameterType, out values[index]);
            }
            if (fits) return Compare(@case, method.Invoke(null, values)!);
        }
        throw new NotCoveredException($"Ops has no {@case.Name} of these arguments");
    }

    private static IEnumerable<MethodInfo> Methods(string name) =>
        typeof(Ops).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => Naming.ToSnakeCase(m.Name) == name);

    private static bool TryRead(JsonElement json, Type type, out object? value)
    {
        if (!JsonValues.TryConvert(json, type, out value)) return false;
        // Everywhere else half floats are fed as float32; here their narrow range is what is tested.
        if (value is Tensor tensor && Case.Property(json, "dtype").ToString() == "float16") value = tensor.to_type(ScalarType.Float16);
        return true;
    }

    private static string? Compare(Case @case, object result) => result switch
    {
        Tensor tensor => @case.Compare(tensor),
        Shape shape => shape.SequenceEqual(@case.Expected.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (long?)null : e.GetInt64())) ? null : $"{shape} instead of {@case.Expected}",
        ITuple several => @case.Compare((Tensor)several[@case.TargetIndex("output_index") ?? 0]!),
        _ => throw new NotCoveredException($"{@case.Name} gives {result}"),
    };
}
