namespace DeepKeras.Plotting;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For the legend; null leaves it out.</param>
/// <param name="Points">In drawing order.</param>
/// <param name="Color">Any colour of CSS; null takes the next of the palette.</param>
/// <param name="HasDots">Whether each point shows.</param>
/// <param name="IsDashed">Whether the line is dashed.</param>
internal sealed record Series(string? Name, IReadOnlyList<(double X, double Y)> Points, string? Color, bool HasDots, bool IsDashed);
