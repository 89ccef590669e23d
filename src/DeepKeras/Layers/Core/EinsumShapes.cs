namespace DeepKeras.Layers;

/// <summary>The shapes that an <see cref="EinsumEquation"/> gives for an input.</summary>
/// <param name="Kernel">The kernel's shape.</param>
/// <param name="Bias">The bias's shape; null for none.</param>
/// <param name="Output">The output's shape.</param>
/// <param name="InputAxes">The kernel's axes that are summed over.</param>
/// <param name="OutputAxes">The kernel's axes that the output keeps.</param>
internal sealed record EinsumShapes(Shape Kernel, Shape? Bias, Shape Output, int[] InputAxes, int[] OutputAxes);
