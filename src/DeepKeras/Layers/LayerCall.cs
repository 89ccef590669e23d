using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// A layer ready to be called on symbolic tensors: <c>Dense(10, activation: "softmax")(t)</c>, <c>Concatenate()(a, b)</c>.
/// Keeping it and calling it again shares its weights: <c>var d = Dense(4); d(a); d(b)</c>.
/// </summary>
/// <param name="inputs">One symbolic tensor, or several for layers that merge.</param>
/// <returns>The layer's (first) output.</returns>
public delegate KerasTensor LayerCall(params ReadOnlySpan<KerasTensor> inputs);
