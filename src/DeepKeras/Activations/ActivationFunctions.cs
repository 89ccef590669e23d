using DeepKeras.Serialization;

namespace DeepKeras.Activations;

/// <summary>
/// Keras's activation functions (<c>keras.activations</c>). Each public method of one tensor is found by its snake-case name as a string;
/// the overloads with more parameters have no string: wrap them, <c>activation: ActivationFunction.Create("relu3", x => ActivationFunctions.Relu(x, maxValue: 3))</c>.
/// </summary>
public static partial class ActivationFunctions
{
    /// <summary>f(x) = x.</summary>
    public static Tensor Linear(Tensor x) => x;

    /// <summary>f(x) = max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => torch.nn.functional.relu(x);

    /// <summary><see cref="Relu(Tensor)"/> in the memory of its argument.</summary>
    internal static Tensor OverwritingRelu(Tensor x) => torch.nn.functional.relu(x, true);

    /// <summary>f(x) = maxValue where x ≥ maxValue, x where threshold ≤ x &lt; maxValue, negativeSlope · (x − threshold) below.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="negativeSlope">Slope below the threshold; 0 by default.</param>
    /// <param name="maxValue">Upper bound; none by default.</param>
    /// <param name="threshold">Where the linear part starts; 0 by default.</param>
    public static Tensor Relu(Tensor x, double negativeSlope = 0, double? maxValue = null, double threshold = 0)
    {
        if (maxValue is null && threshold == 0) return negativeSlope == 0 ? torch.nn.functional.relu(x) : torch.nn.functional.leaky_relu(x, negativeSlope);

        var positive = threshold != 0 ? x.mul(x.gt(threshold))
            : maxValue == 6 ? torch.nn.functional.relu6(x)
            : torch.nn.functional.relu(x);
        if (maxValue is { } limit && (threshold != 0 || limit != 6)) positive = positive.clamp(0, limit);
        if (negativeSlope == 0) return positive;

        var below = torch.nn.functional.relu(threshold == 0 ? x.neg() : x.neg().add(threshold));
        return positive.sub(below.mul(negativeSlope));
    }

    /// <summary>f(x) = min(max(x, 0), 6) (Howard et al., 2017).</summary>
    public static Tensor Relu6(Tensor x) => torch.nn.functional.relu6(x);

    /// <summary>f(x) = x for x ≥ 0, 0.2 x below (Maas et al., 2013). The layer LeakyReLU has another default slope, 0.3.</summary>
    public static Tensor LeakyRelu(Tensor x) => LeakyRelu(x, 0.2);

    /// <summary>f(x) = x for x ≥ 0, negativeSlope · x below.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="negativeSlope">Slope below 0.</param>
    public static Tensor LeakyRelu(Tensor x, double negativeSlope) => torch.nn.functional.leaky_relu(x, negativeSlope);

    /// <summary>f(x) = x for x &gt; 0, eˣ − 1 below (Clevert et al., 2016).</summary>
    public static Tensor Elu(Tensor x) => Elu(x, 1);

    /// <summary>f(x) = x for x &gt; 0, alpha · (eˣ − 1) below.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="alpha">Size of the negative limit.</param>
    public static Tensor Elu(Tensor x, double alpha) => torch.nn.functional.elu(x, alpha);

    /// <summary>f(x) = x for x ≥ 0, eˣ − 1 below (Barron, 2017, with alpha 1).</summary>
    public static Tensor Celu(Tensor x) => Celu(x, 1);

    /// <summary>f(x) = max(x, 0) + min(0, alpha · (e^(x / alpha) − 1)).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="alpha">Size of the negative limit; not 0.</param>
    public static Tensor Celu(Tensor x, double alpha) =>
        alpha == 1 ? torch.nn.functional.elu(x, 1) : torch.nn.functional.elu(x.div(alpha), 1).mul(alpha);

    /// <summary>f(x) = 1.0507009873554805 · (x for x &gt; 0, 1.6732632423543772 · (eˣ − 1) below) (Klambauer et al., 2017).</summary>
    public static Tensor Selu(Tensor x) => torch.nn.functional.selu(x);

    /// <summary>f(x) = x where x &gt; threshold, defaultValue elsewhere.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="threshold">The bound.</param>
    /// <param name="defaultValue">What stands at and below it.</param>
    public static Tensor Threshold(Tensor x, double threshold, double defaultValue) => x.masked_fill(x.le(threshold), defaultValue);

    /// <summary>f(x) = x where |x| &gt; 0.5, 0 elsewhere.</summary>
    public static Tensor HardShrink(Tensor x) => HardShrink(x, 0.5);

    /// <summary>f(x) = x where |x| &gt; threshold, 0 elsewhere.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="threshold">The bound, not negative.</param>
    public static Tensor HardShrink(Tensor x, double threshold) => x.mul(x.abs().gt(threshold));

    /// <summary>f(x) = x moved by 0.5 towards 0, and 0 where |x| ≤ 0.5.</summary>
    public static Tensor SoftShrink(Tensor x) => SoftShrink(x, 0.5);

    /// <summary>f(x) = x moved by threshold towards 0, and 0 where |x| ≤ threshold.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="threshold">The bound, not negative.</param>
    public static Tensor SoftShrink(Tensor x, double threshold) => x.sub(x.clamp(-threshold, threshold));

    /// <summary>f(x) = x − tanh x.</summary>
    public static Tensor TanhShrink(Tensor x) => x.sub(x.tanh());

    /// <summary>f(x) = min(max(x, −1), 1).</summary>
    public static Tensor HardTanh(Tensor x) => x.clamp(-1, 1);

    /// <summary>f(x) = relu6(x + 3) / 6.</summary>
    public static Tensor HardSigmoid(Tensor x) => torch.nn.functional.hardsigmoid(x);

    /// <summary>f(x) = x · relu6(x + 3) / 6, also called hard swish (Howard et al., 2019).</summary>
    [KerasName("hard_silu", "hard_swish")]
    public static Tensor HardSilu(Tensor x) => torch.nn.functional.hardswish(x);
}
