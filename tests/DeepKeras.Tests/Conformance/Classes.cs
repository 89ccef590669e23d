namespace DeepKeras.Tests.Conformance;

/// <summary>The public classes of a family, found by reflection, and objects of them.</summary>
internal static class Classes
{
    public static IReadOnlyList<Type> Of<T>() => [.. typeof(Keras).Assembly.GetExportedTypes()
        .Where(t => t is { IsAbstract: false, IsClass: true } && t.IsAssignableTo(typeof(T)))
        .OrderBy(t => t.Name, StringComparer.Ordinal)];

    public static IEnumerable<TestCaseData> Cases<T>() => Of<T>().Select(t => new TestCaseData(t).SetArgDisplayNames(t.Name));

    /// <summary>The plainest object of a class.</summary>
    public static T Make<T>(Type type)
        where T : class
    {
        var constructor = type.GetConstructors().Single();
        return (T)SampleArguments.Make(constructor, SampleArguments.Plain(constructor));
    }
}
