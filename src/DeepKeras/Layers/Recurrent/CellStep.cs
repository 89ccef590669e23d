namespace DeepKeras.Layers;

/// <summary>One step of a cell over a sequence that it has been given as a whole; <see cref="RecurrentCell.Begin"/> makes one.</summary>
/// <param name="step">The step, from 0.</param>
/// <param name="states">The states before it.</param>
/// <returns>The output, and the states after it in the same order.</returns>
public delegate (Tensor Output, IReadOnlyList<Tensor> States) CellStep(int step, IReadOnlyList<Tensor> states);
