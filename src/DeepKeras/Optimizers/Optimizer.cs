using DeepKeras.Layers;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>How gradients change weights. A string converts to it: <c>optimizer: "adam"</c>.</summary>
public abstract class Optimizer
{
    /// <summary>The learning rate: a number or a schedule. A number may be changed at any time.</summary>
    public LearningRate LearningRate { get; set; }

    /// <summary>Steps taken so far.</summary>
    public long Iterations { get; internal set; }

    /// <summary>Makes the slots (momenta …) for these weights.</summary>
    /// <param name="weights">Every weight that was declared trainable, frozen or not.</param>
    public abstract void Build(IReadOnlyList<Weight> weights);

    /// <summary>Takes one step down the gradient of a scalar, for the weights that are trainable now.</summary>
    /// <param name="loss">A scalar that depends on the weights.</param>
    public abstract void Minimize(Tensor loss);

    /// <summary>The optimizer of that name, with its defaults.</summary>
    public static implicit operator Optimizer(string name) => Catalog<Optimizer>.Create("optimizer", name);
}
