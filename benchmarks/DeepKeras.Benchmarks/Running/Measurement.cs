namespace DeepKeras.Benchmarks.Running;

/// <summary>What a case cost each engine.</summary>
/// <param name="Case">The case.</param>
/// <param name="Seconds">Median seconds per step by engine; an engine that failed is missing.</param>
/// <param name="PeakBytes">Highest resident memory of each engine's process.</param>
internal sealed record Measurement(Case Case, IReadOnlyDictionary<string, double> Seconds, IReadOnlyDictionary<string, long> PeakBytes);
