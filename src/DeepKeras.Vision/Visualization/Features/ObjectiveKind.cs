namespace DeepKeras.Vision.Visualization;

/// <summary>What of a layer's output an <see cref="ObjectiveTerm"/> measures.</summary>
internal enum ObjectiveKind
{
    Channel,
    Unit,
    Layer,
    Class,
}
