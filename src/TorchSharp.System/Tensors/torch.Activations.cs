namespace TorchSharp;

// Activation functions.
public static partial class torch
{
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
