using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>A layer whose own weights do not simply lie in <c>vars</c> in Keras's files: Keras has layers of their own for them, or lists further ones.</summary>
internal interface IKerasVariables
{
    /// <summary>The weights with their places below the layer's group: <c>query_dense/vars/0</c>.</summary>
    IEnumerable<(string Path, Weight Weight)> Variables { get; }
}
