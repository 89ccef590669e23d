using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>One architecture, written twice: as a DeepKeras model and as bare TorchSharp modules in their default layout.</summary>
internal abstract class Network
{
    /// <summary>What the command lines call it.</summary>
    public abstract string Name { get; }

    /// <summary>One sample as DeepKeras takes it, images with the channels last.</summary>
    public abstract long[] KerasShape { get; }

    /// <summary>One sample as torch takes it, images with the channels first.</summary>
    public virtual long[] TorchShape => KerasShape;

    /// <summary>How many classes it tells apart.</summary>
    public virtual long Classes => 10;

    /// <summary>The model, compiled.</summary>
    public abstract Model BuildModel();

    /// <summary>The modules up to the logits: <c>cross_entropy</c> takes those.</summary>
    public abstract nn.Module<Tensor, Tensor> BuildModules();

    /// <summary>The optimizer of the hand-written loop, with Keras's numbers.</summary>
    public abstract optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules);

    /// <summary>The network of that name.</summary>
    public static Network Named(string name) => name switch
    {
        "lenet" => new LeNet5(),
        "mlp" => new Mlp(),
        "cifar" => new CifarCnn(),
        "tiny" => new TinyMlp(),
        _ => throw new ArgumentException($"There is no network '{name}': lenet, mlp, cifar, tiny.", nameof(name)),
    };
}
