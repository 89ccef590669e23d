using DeepKeras.Serialization;

namespace DeepKeras.Regularizers;

/// <summary>The penalty <c>l1 · Σ|w|</c>, which drives weights to exactly 0 (Keras: <c>keras.regularizers.L1</c>).</summary>
/// <remarks><b>Shapes</b> any → scalar. <code>var d = Dense(10, kernelRegularizer: new L1(1e-4));</code></remarks>
public sealed class L1 : Regularizer
{
    /// <summary>Creates the regularizer.</summary>
    /// <param name="l1">Factor, not negative; 0.01 by default.</param>
    /// <exception cref="KerasException">The factor is negative or not finite.</exception>
    public L1([HeldBy(nameof(Factor))] double l1 = 0.01) => Factor = Checked(nameof(L1), nameof(l1), l1);

    /// <summary>Factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor values) => values.abs().sum().mul(Factor);
}
