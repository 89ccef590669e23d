using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>A layer that is nothing but the weights that a case starts from.</summary>
internal sealed class VariableHolder(string name) : Layer(name: name)
{
    /// <summary>A new weight with these values.</summary>
    public Weight Add(string weight, Tensor values, Constraint? constraint)
    {
        var added = AddWeight(weight, new Shape(values.shape), new Zeros(), constraint: constraint);
        added.Assign(values);
        return added;
    }
}
