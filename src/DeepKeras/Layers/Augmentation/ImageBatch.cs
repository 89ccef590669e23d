namespace DeepKeras.Layers;

/// <summary>What a layer must know about images before it draws random numbers for them.</summary>
/// <param name="Count">How many images.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct ImageBatch(int Count, int Height, int Width);
