namespace DeepKeras.Datasets;

/// <summary>Fashion-MNIST: 70,000 photos of clothes, 28×28 grey (Xiao, Rasul and Vollgraf, 2017; Keras: <c>keras.datasets.fashion_mnist</c>).</summary>
public static class FashionMnist
{
    private static readonly string[] s_sources = ["https://storage.googleapis.com/tensorflow/tf-keras-datasets/", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"];

    /// <summary>The names of the classes, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    // The hashes that TensorFlow Datasets lists for these files.
    internal static MnistFamily Files { get; } = new("fashion-mnist",
    [
        File("train-images-idx3-ubyte.gz", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        File("train-labels-idx1-ubyte.gz", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        File("t10k-images-idx3-ubyte.gz", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        File("t10k-labels-idx1-ubyte.gz", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ]);

    /// <summary>Reads the data set: from the package dataset-fashion-mnist where the system has it, else downloaded once (30.9 MB) into <see cref="DataFolder.Home"/>.</summary>
    /// <param name="folder">Where the four files lie, if elsewhere; nothing is downloaded then.</param>
    /// <returns>Images (60000, 28, 28) and (10000, 28, 28), labels (60000) and (10000), all uint8.</returns>
    /// <exception cref="KerasException">A file cannot be fetched or is damaged.</exception>
    /// <remarks><code>var ((xTrain, yTrain), (xTest, yTest)) = FashionMnist.Load();</code></remarks>
    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load(string? folder = null) => Files.Load(folder);

    private static RemoteFile File(string name, string hash) => new(name, hash, [.. s_sources.Select(s => s + name)]);
}
