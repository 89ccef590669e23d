using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>A graph of layers that runs.</summary>
public class Model : Layer
{
}
