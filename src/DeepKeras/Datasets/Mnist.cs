namespace DeepKeras.Datasets;

/// <summary>MNIST: 70,000 handwritten digits, 28×28 grey (LeCun, Cortes and Burges, 1998; Keras: <c>keras.datasets.mnist</c>).</summary>
public static class Mnist
{
    private static readonly string[] s_sources = ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"];

    /// <summary>The names of the classes, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    // The hashes that TensorFlow Datasets lists for these files.
    internal static MnistFamily Files { get; } = new("mnist",
    [
        File("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        File("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        File("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        File("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ]);

    /// <summary>Reads the data set; it is downloaded once (11.6 MB) into <see cref="DataFolder.Home"/>.</summary>
    /// <param name="folder">Where the four files lie, if elsewhere; nothing is downloaded then.</param>
    /// <returns>Images (60000, 28, 28) and (10000, 28, 28), labels (60000) and (10000), all uint8.</returns>
    /// <exception cref="KerasException">A file cannot be fetched or is damaged.</exception>
    /// <remarks><code>var ((xTrain, yTrain), (xTest, yTest)) = Mnist.Load();</code></remarks>
    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load(string? folder = null) => Files.Load(folder);

    private static RemoteFile File(string name, string hash) => new(name, hash, [.. s_sources.Select(s => s + name)]);
}
