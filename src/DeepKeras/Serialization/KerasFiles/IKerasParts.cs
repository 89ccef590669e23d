using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>A layer whose inner layers have groups of their own names in Keras's files: <c>cell</c>, <c>forward_layer</c> instead of <c>layers/dense</c>.</summary>
internal interface IKerasParts
{
    /// <summary>The inner layers in the order of <see cref="Layer.Sublayers"/>, each with its group.</summary>
    IEnumerable<(string Group, Layer Layer)> Parts { get; }
}
