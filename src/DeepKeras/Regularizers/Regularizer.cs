using DeepKeras.Serialization;

namespace DeepKeras.Regularizers;

/// <summary>A penalty added to the loss. A string converts to it: <c>kernelRegularizer: "l2"</c>.</summary>
public abstract class Regularizer
{
    /// <summary>The penalty, a scalar.</summary>
    /// <param name="values">The weight in Keras's layout, or a layer's output.</param>
    public abstract Tensor Penalty(Tensor values);

    /// <summary>The regularizer of that name, with its default strength.</summary>
    public static implicit operator Regularizer(string name) => Catalog<Regularizer>.Create("regularizer", name);
}
