using DeepKeras.Serialization;

namespace DeepKeras.Regularizers;

/// <summary>Both penalties at once: <c>l1 · Σ|w| + l2 · Σw²</c> (Keras: <c>keras.regularizers.L1L2</c>).</summary>
/// <remarks><b>Shapes</b> any → scalar. <code>var d = Dense(10, kernelRegularizer: new L1L2(l1: 1e-5, l2: 1e-4));</code></remarks>
[KerasName("l1l2", "l1_l2")]
public sealed class L1L2 : Regularizer
{
    /// <summary>Creates the regularizer.</summary>
    /// <param name="l1">Factor of Σ|w|, not negative; 0 by default.</param>
    /// <param name="l2">Factor of Σw², not negative; 0 by default.</param>
    /// <exception cref="KerasException">A factor is negative or not finite.</exception>
    public L1L2(double l1 = 0, double l2 = 0)
    {
        L1 = Checked(nameof(L1L2), nameof(l1), l1);
        L2 = Checked(nameof(L1L2), nameof(l2), l2);
    }

    /// <summary>Factor of Σ|w|.</summary>
    public double L1 { get; }

    /// <summary>Factor of Σw².</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor values)
    {
        if (L2 == 0) return values.abs().sum().mul(L1);
        var squares = values.mul(values).sum().mul(L2);
        return L1 == 0 ? squares : squares.add(values.abs().sum().mul(L1));
    }
}
