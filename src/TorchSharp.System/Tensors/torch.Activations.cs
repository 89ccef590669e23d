namespace TorchSharp;

// Activation functions.
public static partial class torch
{
}
