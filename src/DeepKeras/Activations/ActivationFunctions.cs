using DeepKeras.Serialization;

namespace DeepKeras.Activations;

/// <summary>Keras's activation functions. Each public method of one tensor is found by its snake-case name as a string.</summary>
public static class ActivationFunctions
{
    /// <summary>f(x) = x.</summary>
    public static Tensor Linear(Tensor x) => x;

    /// <summary>f(x) = max(x, 0).</summary>
    [KerasName("relu")]
    public static Tensor Relu(Tensor x) => torch.nn.functional.relu(x);

    /// <summary>f(x) = tanh x.</summary>
    public static Tensor Tanh(Tensor x) => torch.tanh(x);

    /// <summary>f(x) = 1 / (1 + e⁻ˣ).</summary>
    public static Tensor Sigmoid(Tensor x) => torch.sigmoid(x);

    /// <summary>f(x)ᵢ = eˣⁱ / Σⱼ eˣʲ over the last axis.</summary>
    public static Tensor Softmax(Tensor x) => torch.nn.functional.softmax(x, -1);
}
