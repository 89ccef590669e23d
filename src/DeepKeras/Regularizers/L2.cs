using DeepKeras.Serialization;

namespace DeepKeras.Regularizers;

/// <summary>The penalty <c>l2 · Σw²</c> (without a half), which keeps weights small (Keras: <c>keras.regularizers.L2</c>).</summary>
/// <remarks><b>Shapes</b> any → scalar. <code>var d = Dense(10, kernelRegularizer: new L2(1e-4));</code></remarks>
public sealed class L2 : Regularizer
{
    /// <summary>Creates the regularizer.</summary>
    /// <param name="l2">Factor, not negative; 0.01 by default.</param>
    /// <exception cref="KerasException">The factor is negative or not finite.</exception>
    public L2([HeldBy(nameof(Factor))] double l2 = 0.01) => Factor = Checked(nameof(L2), nameof(l2), l2);

    /// <summary>Factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor values) => values.mul(values).sum().mul(Factor);
}
