using System.Globalization;
using DeepKeras.Activations;

namespace DeepKeras.Layers;

/// <summary>
/// The rectifier: maxValue where x ≥ maxValue, x where threshold ≤ x &lt; maxValue, <c>negativeSlope · (x − threshold)</c> below
/// (Keras: <c>keras.layers.ReLU</c>).
/// </summary>
/// <remarks><b>Shapes</b> unchanged. <code>var t = ReLU(maxValue: 6)(t);</code></remarks>
public sealed class ReLU : Layer
{
    private readonly bool _isPlain;

    /// <summary>Creates the layer.</summary>
    /// <param name="maxValue">Upper bound, not negative; none by default.</param>
    /// <param name="negativeSlope">Slope below the threshold, not negative; 0 by default.</param>
    /// <param name="threshold">Where the linear part starts, not negative; 0 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An argument is negative.</exception>
    public ReLU(double? maxValue = null, double negativeSlope = 0, double threshold = 0, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (maxValue is { } limit && !(limit >= 0)) throw NotPositive(nameof(maxValue), limit);
        if (!(negativeSlope >= 0)) throw NotPositive(nameof(negativeSlope), negativeSlope);
        if (!(threshold >= 0)) throw NotPositive(nameof(threshold), threshold);
        MaxValue = maxValue;
        NegativeSlope = negativeSlope;
        Threshold = threshold;
        _isPlain = maxValue is null && negativeSlope == 0 && threshold == 0;
    }

    /// <summary>Upper bound, if any.</summary>
    public double? MaxValue { get; }

    /// <summary>Slope below the threshold.</summary>
    public double NegativeSlope { get; }

    /// <summary>Where the linear part starts.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    internal override Func<Tensor, Tensor>? Overwriting => _isPlain ? ActivationFunctions.OverwritingRelu : null;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) =>
        _isPlain ? torch.nn.functional.relu(input) : ActivationFunctions.Relu(input, NegativeSlope, MaxValue, Threshold);

    private KerasException NotPositive(string argument, double received) =>
        Throw.BadArgument(Where, argument, "a number that is not negative", received.ToString(CultureInfo.InvariantCulture), "Use Activation(…) with a function of your own for other shapes.");
}
