using DeepKeras.Serialization;

namespace DeepKeras.Constraints;

/// <summary>A projection of a weight after each optimizer step. A string converts to it: <c>kernelConstraint: "non_neg"</c>.</summary>
public abstract class Constraint
{
    /// <summary>The projected values.</summary>
    /// <param name="weight">The weight in Keras's layout.</param>
    public abstract Tensor Project(Tensor weight);

    /// <summary>The constraint of that name, with its defaults.</summary>
    public static implicit operator Constraint(string name) => Catalog<Constraint>.Create("constraint", name);
}
