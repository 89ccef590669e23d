using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>How a weight is first filled. A string converts to it: <c>kernelInitializer: "he_normal"</c>.</summary>
/// <remarks>One object gives the same values on every call, as in Keras; each string makes a new object.</remarks>
public abstract class Initializer
{
    /// <summary>New values.</summary>
    /// <param name="shape">The shape in Keras's layout.</param>
    /// <param name="dtype">A floating element type.</param>
    /// <returns>A tensor on the CPU.</returns>
    public abstract Tensor Create(long[] shape, ScalarType dtype);

    /// <summary>The initializer of that name.</summary>
    public static implicit operator Initializer(string name) => Catalog<Initializer>.Create("initializer", name);
}
