using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// The convolutional network for CIFAR-10 of Keras's early examples, as it is taught.
public static partial class Zoo
{
    /// <summary>
    /// The small convolutional network for CIFAR-10 that Keras's examples began with and that is taught since: two pairs of 3 × 3 convolutions, the second of each
    /// without a border, dropout behind each, a layer of 512 units; 1,250,858 parameters.
    /// </summary>
    /// <param name="includeTop">Whether the classifier (a layer of 512 and the classes) is there.</param>
    /// <param name="weights">The name of a weight set (<c>"cifar10"</c>), the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (32, 32, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>conv1</c>, <c>conv2</c>, <c>pool1</c>, <c>drop1</c>, <c>conv3</c>, <c>conv4</c>, <c>pool2</c>, <c>drop2</c>, <c>flatten</c>, <c>dense1</c>, <c>drop3</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, 32, 32, 3) → (N, classes)</c>, or (N, 6, 6, 64) without the classifier; H, W ≥ 10.</para>
    /// <code>var net = CifarCnn(weights: "cifar10");</code>
    /// </remarks>
    [ZooModel("cifar_cnn")]
    public static Model CifarCnn(bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 10, ActivationFunction? classifierActivation = null, string? name = null)
    {
        var network = new Network("cifar_cnn", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 32, minimum: 10);
        var x = network.Input;
        for (var pair = 1; pair <= 2; pair++)
        {
            x = Conv2D(32 * pair, 3, padding: "same", activation: "relu", name: $"conv{(2 * pair) - 1}")(x);
            x = Conv2D(32 * pair, 3, activation: "relu", name: $"conv{2 * pair}")(x);
            x = MaxPooling2D(2, name: $"pool{pair}")(x);
            x = Dropout(0.25, name: $"drop{pair}")(x);
        }
        if (network.IncludeTop)
        {
            x = Flatten(name: "flatten")(x);
            x = Dense(512, activation: "relu", name: "dense1")(x);
            x = Dropout(0.5, name: "drop3")(x);
            x = network.Classify(x);
        }
        return network.Finish(x, new StateDictMap(("conv{n}", "conv{n}"), ("dense1", "dense1"), ("predictions", "predictions")), "dense1.*", "predictions.*");
    }
}
