using DeepKeras.Serialization;

namespace DeepKeras.Initializers;

/// <summary>
/// A matrix with orthogonal columns (rows, where it is wider than tall), from the QR decomposition of a normal one
/// (Keras: <c>keras.initializers.Orthogonal</c>; Saxe et al., 2014). All axes but the last are taken together as rows.
/// </summary>
/// <remarks><code>var d = Dense(10, kernelInitializer: "orthogonal");</code></remarks>
[KerasName("orthogonal", "OrthogonalInitializer", "orthogonal_initializer")]
public sealed class Orthogonal : RandomInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="gain">Factor of the matrix; 1 by default.</param>
    /// <param name="seed">Makes the values repeat; by default drawn when the object is made.</param>
    public Orthogonal(double gain = 1, int? seed = null)
        : base(seed) => Gain = gain;

    /// <summary>Factor of the matrix.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    /// <exception cref="KerasException">The weight has fewer than two axes.</exception>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        if (shape.Length < 2) throw Throw.BadArgument(nameof(Orthogonal), nameof(shape), "two axes or more", new Shape(shape), "Use it for kernels; a bias takes Zeros() or RandomNormal().");
        var columns = shape[^1];
        var rows = 1L;
        foreach (var extent in shape.AsSpan(0, shape.Length - 1)) rows *= extent;

        using var scope = torch.NewDisposeScope();
        var normal = DrawNormal([Math.Max(rows, columns), Math.Min(rows, columns)], dtype, 0, 1);
        var (q, r) = torch.linalg.qr(normal);
        // QR is unique only up to the signs of R's diagonal; taking them out makes the result evenly distributed.
        q = q.mul(r.diagonal(0, 0, 1).sign());
        if (rows < columns) q = q.t();
        return q.mul(Gain).reshape(shape).contiguous().MoveToOuterDisposeScope();
    }
}
