namespace DeepKeras.Benchmarks.Running;

/// <summary>What an input pipeline made with each engine; an engine that failed is missing.</summary>
/// <param name="Case">The case.</param>
/// <param name="ImagesPerSecond">Medians over the rounds, by engine.</param>
/// <param name="WaitShares">Which share of the time the training waited for data, by engine; 0 where nothing was trained.</param>
internal sealed record InputMeasurement(InputCase Case, IReadOnlyDictionary<string, double> ImagesPerSecond, IReadOnlyDictionary<string, double> WaitShares);
