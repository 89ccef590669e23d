using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>One call of a layer in a <see cref="Plan"/>, a nested model's own call behind those of its layers.</summary>
/// <param name="Layer">Who is called.</param>
/// <param name="Inputs">The slots it reads; none where its value is fed.</param>
/// <param name="Outputs">The slots that hold its results; that of its input for a layer that inference leaves out.</param>
internal readonly record struct PlanCall(Layer Layer, int[] Inputs, int[] Outputs);
