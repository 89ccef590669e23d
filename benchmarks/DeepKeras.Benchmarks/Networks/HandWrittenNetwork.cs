using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>An architecture that is written as bare TorchSharp modules, too, in their default layout.</summary>
internal abstract class HandWrittenNetwork : Network
{
    /// <summary>One sample as torch takes it, images with the channels first.</summary>
    public virtual long[] TorchShape => KerasShape;

    /// <summary>The modules up to the logits: <c>cross_entropy</c> takes those.</summary>
    public abstract nn.Module<Tensor, Tensor> BuildModules();

    /// <summary>The optimizer of the hand-written loop, with Keras's numbers.</summary>
    public abstract optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules);
}
