namespace DeepKeras.Benchmarks.Running;

/// <summary>What processes of an engine need beside time per step.</summary>
/// <param name="StartSeconds">Median seconds from the start of the process to the end of its first training step.</param>
/// <param name="PeakBytes">Highest resident memory after some epochs of training.</param>
internal sealed record Footprint(double StartSeconds, long PeakBytes);
