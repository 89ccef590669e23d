namespace DeepKeras;

/// <summary>One tensor that an optimizer keeps per weight: a momentum, a running mean of squares ….</summary>
/// <param name="Name">Its name as Keras appends it to the weight's: <c>momentum</c> in <c>dense_kernel_momentum</c>.</param>
/// <param name="Initial">The value that every element starts with.</param>
public readonly record struct StateVariable(string Name, double Initial = 0);
