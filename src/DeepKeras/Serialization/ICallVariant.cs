using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>A layer that in Keras's files is no layer of its own but a call of another one with an argument: <c>embedding(x, reverse=True)</c>.</summary>
internal interface ICallVariant
{
    /// <summary>The layer that is called.</summary>
    Layer Source { get; }

    /// <summary>The argument that is true in such a call.</summary>
    string Argument { get; }

    /// <summary>The layer that a file names: the source of a variant, any other layer itself.</summary>
    static Layer Named(Layer layer) => layer is ICallVariant variant ? variant.Source : layer;
}
