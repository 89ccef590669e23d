using System.Globalization;
using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>The identity matrix times a gain, for weights of two axes (Keras: <c>keras.initializers.Identity</c>).</summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: new Identity(0.5));</code></remarks>
[KerasName("identity", "IdentityInitializer", "identity_initializer")]
public sealed class Identity : Initializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="gain">Factor of the matrix; 1 by default.</param>
    public Identity(double gain = 1) => Gain = gain;

    /// <summary>Factor of the matrix.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    /// <exception cref="KerasException">The weight has not exactly two axes.</exception>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        if (shape.Length != 2) throw Throw.BadArgument(nameof(Identity), nameof(shape), "two axes", new Shape(shape), string.Create(CultureInfo.InvariantCulture, $"Use it for the kernel of a Dense layer; Constant({Gain}) fills any shape."));
        return torch.eye(shape[0], shape[1], dtype).mul_(Gain);
    }
}
