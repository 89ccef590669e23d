using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// Hands its input through and adds <c>(l1 · Σ|x| + l2 · Σx²) / batch</c> to the loss (Keras: <c>keras.layers.ActivityRegularization</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = ActivityRegularization(l1: 1e-4)(Dense(64, activation: "relu")(Input(784)));   // a sparse code</code>
/// </remarks>
public sealed class ActivityRegularization : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="l1">Factor of Σ|x|, not negative; 0 by default.</param>
    /// <param name="l2">Factor of Σx², not negative; 0 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is negative or not finite.</exception>
    public ActivityRegularization(double l1 = 0, double l2 = 0, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        L1 = l1;
        L2 = l2;
        ActivityRegularizer = new L1L2(l1, l2);
    }

    /// <summary>Factor of Σ|x|.</summary>
    public double L1 { get; }

    /// <summary>Factor of Σx².</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input;
}
