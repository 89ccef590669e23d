using System.Reflection;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

/// <summary>An object of every class that has a config, with values for the parameters that have no default.</summary>
internal static class ConfigSamples
{
    /// <summary>Every concrete class of every family, models apart.</summary>
    public static IEnumerable<Type> Types() => ConfigFamily.All
        .SelectMany(f => f.BaseType.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } && t.IsAssignableTo(f.BaseType) && !t.IsAssignableTo(typeof(Model))))
        .Distinct()
        .OrderBy(t => t.FullName, StringComparer.Ordinal);

    public static object Create(Type type)
    {
        var parameters = type.GetConstructors().Single().GetParameters();
        // Keras's class wants one of two that both have a default.
        if (type == typeof(Discretization)) return new Discretization([0, 0.5], numBins: 3);
        return type.GetConstructors().Single().Invoke([.. parameters.Select(p => p.HasDefaultValue ? Default(p) : Required(p))]);
    }

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? Activator.CreateInstance(parameter.ParameterType)
            : parameter.DefaultValue;

    private static object Required(ParameterInfo parameter) => (parameter.Name, parameter.ParameterType.Name) switch
    {
        ("rate" or "stddev" or "recall" or "precision" or "specificity" or "sensitivity", "Double") => 0.25,
        (_, "Double") => 0.5,
        (_, "Int32") => 3,
        (_, "Int64") => 3L,
        (_, "Size1D") => new Size1D(2),
        (_, "Size2D") => new Size2D(2, 3),
        (_, "Size3D") => new Size3D(2, 3, 1),
        (_, "Padding2D") => new Padding2D(1, 2, 3, 4),
        ("dims", "Shape") => new Shape(2, 1),
        (_, "Shape") => new Shape(4, 6),
        (_, "Axes") => new Axes(2, 1),
        ("dims", "Int32[]") => new[] { 2, 1 },
        ("boundaries", "Int64[]") => new long[] { 10, 20 },
        ("boundaries", "Int32[]") => new[] { 10, 20 },
        (_, "Double[]") => new[] { 1, 0.5, 0.25 },
        (_, "Int32[]") => new[] { 0, 1 },
        (_, "Int64[]") => new long[] { 0, 1 },
        (_, "Loss") => new MeanSquaredError(),
        ("factor", "Numbers") => (Numbers)1,
        (_, "Numbers") => (Numbers)0.5,
        ("layer", _) when parameter.Member.DeclaringType == typeof(Bidirectional) => new LSTM(3),
        ("layer", _) => new Dense(3),
        ("cell", _) => new GRUCell(3),
        ("cells", _) => new Layer[] { new LSTMCell(3), new GRUCell(2) },
        ("innerOptimizer" or "defaultOptimizer", _) => new Adam(0.25),
        ("optimizerMap", _) => new OptimizerMap(new Adam(0.25), new Dictionary<string, Optimizer> { ["encoder/.*"] = new SGD(0.125, momentum: 0.5) }),
        ("equation", _) => "...ab,bc->...ac",
        ("layers", _) => new Layer[] { new RandomFlip("vertical"), new RandomRotation(new Numbers([-0.1, 0.2]), seed: 3) },
        (_, "ActivationFunction") => (DeepKeras.Activations.ActivationFunction)"relu",
        (_, "LearningRate") => (LearningRate)0.125,
        ("boundaries", _) => new long[] { 10, 20 },
        ("values", _) => new[] { 1, 0.5, 0.25 },
        var (name, what) => throw new InvalidOperationException($"No sample for parameter '{name}' of type {what} of {parameter.Member.DeclaringType?.Name}: add one here."),
    };
}
