using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepKeras.Data;

/// <summary>Finds the tensors in an element of a data set.</summary>
internal static class TensorWalker
{
    private const int DeepestRecord = 16;
    private static readonly ConcurrentDictionary<Type, bool> s_mayHold = new();
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = new();

    [ThreadStatic]
    private static List<Tensor>? s_found;

    /// <summary>Takes the tensors of a value that belong to a scope out of it.</summary>
    /// <returns>Those tensors, or <see langword="null"/> when there are none.</returns>
    public static Tensor[]? Detach(object? value, DisposeScope scope)
    {
        var found = s_found ??= [];
        found.Clear();
        Collect(value, found, 0);
        var owned = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (!scope.Contains(found[i])) continue;
            scope.Detach(found[i]);
            found[owned++] = found[i];
        }
        var result = owned == 0 ? null : found[..owned].ToArray();
        found.Clear();
        return result;
    }

    /// <summary>Gives the tensors of a value to the current dispose scope, whoever made them.</summary>
    public static void Adopt(object? value)
    {
        if (torch.CurrentDisposeScope is not { } scope) return;
        var found = s_found ??= [];
        found.Clear();
        Collect(value, found, 0);
        foreach (var tensor in found) scope.Attach(tensor);
        found.Clear();
    }

    /// <summary>Whether a value of a type can have tensors in it. Types that can be derived from are taken to be able to.</summary>
    public static bool MayHold(Type type)
    {
        if (s_mayHold.TryGetValue(type, out var known)) return known;
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || type == typeof(decimal)) return false;
        if (type.IsArray) return MayHold(type.GetElementType()!);
        if (!type.IsSealed || typeof(Tensor).IsAssignableFrom(type)) return true;
        s_mayHold[type] = false; // the answer for a type that contains itself
        return s_mayHold[type] = type.GetGenericArguments().Any(MayHold) || Fields(type).Length > 0;
    }

    private static void Collect(object? value, List<Tensor> found, int depth)
    {
        switch (value)
        {
            case null or string:
                return;
            case Tensor tensor:
                found.Add(tensor);
                return;
            case Tensor?[] many:
                foreach (var one in many)
                {
                    if (one is not null) found.Add(one);
                }
                return;
            case Sample sample:
                Collect(sample.Inputs, found, depth);
                Collect(sample.Targets, found, depth);
                Collect(sample.SampleWeights, found, depth);
                return;
            case Batch batch:
                Collect(batch.Inputs, found, depth);
                Collect(batch.Targets, found, depth);
                Collect(batch.SampleWeights, found, depth);
                return;
            case ITuple tuple:
                for (var i = 0; i < tuple.Length; i++) Collect(tuple[i], found, depth);
                return;
            case IDictionary map:
                if (HoldsTensors(map)) foreach (var one in map.Values) Collect(one, found, depth);
                return;
            case ICollection list:
                if (HoldsTensors(list)) foreach (var one in list) Collect(one, found, depth);
                return;
            default:
                if (depth == DeepestRecord) return;
                foreach (var field in s_fields.GetOrAdd(value.GetType(), Fields)) Collect(field.GetValue(value), found, depth + 1);
                return;
        }
    }

    private static bool HoldsTensors(ICollection collection)
    {
        var type = collection.GetType();
        return type.IsArray ? MayHold(type.GetElementType()!) : !type.IsGenericType || type.GetGenericArguments().Any(MayHold);
    }

    /// <summary>The fields to look into: all of values and records; of other classes, which may lead anywhere, those that are plainly tensors.</summary>
    private static FieldInfo[] Fields(Type type)
    {
        var isData = type.IsValueType || type.GetMethod("<Clone>$") is not null || type.IsDefined(typeof(CompilerGeneratedAttribute));
        var fields = new List<FieldInfo>();
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            fields.AddRange(at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => isData ? MayHold(f.FieldType) : IsPlainlyTensors(f.FieldType)));
        }
        return [.. fields];
    }

    private static bool IsPlainlyTensors(Type type) =>
        typeof(Tensor).IsAssignableFrom(type) || (type.IsArray && IsPlainlyTensors(type.GetElementType()!)) || type.GetGenericArguments().Any(IsPlainlyTensors);
}
