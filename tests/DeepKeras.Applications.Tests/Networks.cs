namespace DeepKeras.Applications.Tests;

/// <summary>Runs networks so that gradients flow.</summary>
internal static class Networks
{
    /// <summary>The output of a network, as in training or as in a prediction.</summary>
    public static Tensor Run(this Model net, Tensor x, bool training)
    {
        var module = net.AsTorchModule();
        if (training) module.train();
        else module.eval();
        return module.call(x);
    }
}
