using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>What training makes small. A string converts to it: <c>loss: "categorical_crossentropy"</c>.</summary>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs; by default the class name in snake case.</param>
public abstract class Loss(Reduction reduction = default, string? name = null)
{
    /// <summary>The name in logs.</summary>
    public string Name { get; } = name ?? "";

    /// <summary>How per-sample values become one number.</summary>
    public Reduction Reduction { get; } = reduction;

    /// <summary>One value per sample (and per position, where targets have more axes).</summary>
    /// <param name="yTrue">Targets.</param>
    /// <param name="yPred">Predictions, of a rank already made equal to the targets'.</param>
    public abstract Tensor Call(Tensor yTrue, Tensor yPred);

    /// <summary>The loss of that name, with its defaults.</summary>
    public static implicit operator Loss(string name) => Catalog<Loss>.Create("loss", name);
}
