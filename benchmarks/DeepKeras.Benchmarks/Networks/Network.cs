namespace DeepKeras.Benchmarks.Networks;

/// <summary>One architecture as a compiled DeepKeras model; PyTorch's counterpart is in <c>torch_bench.py</c>.</summary>
internal abstract class Network
{
    /// <summary>What the command lines call it.</summary>
    public abstract string Name { get; }

    /// <summary>One sample as DeepKeras takes it, images with the channels last.</summary>
    public abstract long[] KerasShape { get; }

    /// <summary>How many classes it tells apart.</summary>
    public virtual long Classes => 10;

    /// <summary>The model, compiled.</summary>
    public abstract Model BuildModel();

    /// <summary>The network of that name.</summary>
    public static Network Named(string name) => name switch
    {
        "lenet" => new LeNet5(),
        "mlp" => new Mlp(),
        "cifar" => new CifarCnn(),
        "tiny" => new TinyMlp(),
        "lstm" or "gru" => new Recurrent(name),
        _ => new ZooNetwork(name),
    };
}
