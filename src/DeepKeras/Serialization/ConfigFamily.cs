using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Regularizers;
using DeepKeras.Schedules;

namespace DeepKeras.Serialization;

/// <summary>A base class whose concrete classes can be written as a class name and a config: layers, losses, optimizers ….</summary>
/// <param name="BaseType">The base class.</param>
/// <param name="Noun">What one of them is called in messages.</param>
/// <param name="Module">Keras's module of these classes, so that Keras itself finds them.</param>
/// <param name="Find">The class of a name; throws with the nearest names.</param>
/// <param name="Create">A new object of a name, with every default.</param>
internal sealed record ConfigFamily(Type BaseType, string Noun, string Module, Func<string, Type> Find, Func<string, object> Create)
{
    /// <summary>Every family; an object belongs to the first whose base class it has.</summary>
    public static IReadOnlyList<ConfigFamily> All { get; } =
    [
        Of<Layer>("layer", "keras.layers"),
        Of<Loss>("loss", "keras.losses"),
        Of<Metric>("metric", "keras.metrics"),
        Of<Optimizer>("optimizer", "keras.optimizers"),
        Of<OptimizerMap>("optimizer map", "keras.optimizers"),
        Of<Initializer>("initializer", "keras.initializers"),
        Of<Regularizer>("regularizer", "keras.regularizers"),
        Of<Constraint>("constraint", "keras.constraints"),
        Of<LearningRateSchedule>("schedule", "keras.optimizers.schedules"),
    ];

    /// <summary>The family of a type, or <see langword="null"/>.</summary>
    public static ConfigFamily? For(Type type) => All.FirstOrDefault(f => type.IsAssignableTo(f.BaseType));

    /// <summary>Whether an object of this class is named as Keras names it, or as a user's own class.</summary>
    public bool IsBuiltIn(Type type) => type.Assembly == BaseType.Assembly;

    private static ConfigFamily Of<T>(string noun, string module)
        where T : class => new(typeof(T), noun, module, name => Catalog<T>.Find(noun, name), name => Catalog<T>.Create(noun, name));
}
