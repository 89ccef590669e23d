namespace DeepKeras.Vision.Visualization;

/// <summary>Where a climb stands: what <see cref="AscentOptions.Progress"/> and the progress of <see cref="DeepDream"/> are told.</summary>
/// <param name="Octave">The scale, from 1; always 1 for <see cref="FeatureVisualization"/>.</param>
/// <param name="Octaves">How many scales there are.</param>
/// <param name="Step">The step within the scale, from 1.</param>
/// <param name="Steps">Steps per scale.</param>
/// <param name="Size">Height and width of the image at this scale.</param>
/// <param name="Objectives">The objective of each image as it was before the step.</param>
public sealed record AscentStep(int Octave, int Octaves, int Step, int Steps, (int Height, int Width) Size, IReadOnlyList<double> Objectives);
