using DeepKeras.Serialization;

namespace DeepKeras.Activations;

/// <content>Functions without corners.</content>
public static partial class ActivationFunctions
{
    /// <summary>f(x) = eˣ.</summary>
    public static Tensor Exponential(Tensor x) => x.exp();

    /// <summary>f(x) = tanh x.</summary>
    public static Tensor Tanh(Tensor x) => x.tanh();

    /// <summary>f(x) = 1 / (1 + e⁻ˣ).</summary>
    public static Tensor Sigmoid(Tensor x) => x.sigmoid();

    /// <summary>f(x) = log(1 / (1 + e⁻ˣ)), computed as −softplus(−x), which does not overflow.</summary>
    public static Tensor LogSigmoid(Tensor x) => torch.nn.functional.softplus(x.neg()).neg();

    /// <summary>f(x) = log(1 + eˣ).</summary>
    public static Tensor Softplus(Tensor x) => torch.nn.functional.softplus(x);

    /// <summary>f(x) = x / (1 + |x|).</summary>
    public static Tensor Softsign(Tensor x) => x.div(x.abs().add(1));

    /// <summary>f(x) = x · sigmoid(x), also called swish (Ramachandran et al., 2017).</summary>
    [KerasName("silu", "swish")]
    public static Tensor Silu(Tensor x) => torch.nn.functional.silu(x);

    /// <summary>f(x) = x · Φ(x), with the exact normal distribution function (Hendrycks and Gimpel, 2016).</summary>
    public static Tensor Gelu(Tensor x) => torch.nn.functional.gelu(x);

    /// <summary>f(x) = x · Φ(x), or its approximation ½x(1 + tanh(√(2/π)(x + 0.044715x³))).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="approximate">Whether to take the approximation.</param>
    public static Tensor Gelu(Tensor x, bool approximate)
    {
        if (!approximate) return torch.nn.functional.gelu(x);
        var inner = x.add(x.pow(3).mul(0.044715)).mul(Math.Sqrt(2 / Math.PI));
        return x.mul(0.5).mul(inner.tanh().add(1));
    }

    /// <summary>f(x) = x · tanh(softplus(x)) (Misra, 2019).</summary>
    public static Tensor Mish(Tensor x) => torch.nn.functional.mish(x);

    /// <summary>f(x) = (x + √(x² + 4)) / 2 (Barron, 2021).</summary>
    public static Tensor Squareplus(Tensor x) => Squareplus(x, 4);

    /// <summary>f(x) = (x + √(x² + b)) / 2.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="b">How wide the bend around 0 is.</param>
    public static Tensor Squareplus(Tensor x, double b) => x.add(x.mul(x).add(b).sqrt()).mul(0.5);

    /// <summary>f(x) = 0 for x ≤ −1, (x + 1)² / 4 between −1 and 1, x above: the softplus that belongs to <see cref="Sparsemax(Tensor)"/>.</summary>
    public static Tensor SparsePlus(Tensor x)
    {
        var half = SparseSigmoid(x);
        return half.mul(half).add(torch.nn.functional.relu(x.sub(1)));
    }

    /// <summary>f(x) = 0 for x ≤ −1, (x + 1) / 2 between −1 and 1, 1 above.</summary>
    public static Tensor SparseSigmoid(Tensor x) => x.clamp(-1, 1).add(1).mul(0.5);
}
