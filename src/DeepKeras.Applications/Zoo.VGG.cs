using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// VGG: Simonyan and Zisserman 2015, table 1, columns A, B, D and E. Like torchvision's, and unlike the paper, it can have batch normalization behind
// each convolution (epsilon 1e-5), and pools whatever size of image to 7 × 7 before the classifier.
public static partial class Zoo
{
    // Convolutions in each of the five blocks of 64, 128, 256, 512 and 512 filters.
    private static readonly int[] s_vggFilters = [64, 128, 256, 512, 512];
    private static readonly int[] s_vggA = [1, 1, 2, 2, 2];
    private static readonly int[] s_vggB = [2, 2, 2, 2, 2];
    private static readonly int[] s_vggD = [2, 2, 3, 3, 3];
    private static readonly int[] s_vggE = [2, 2, 4, 4, 4];

    /// <summary>VGG with 11 weight layers, column A (Simonyan and Zisserman 2015); 132,863,336 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg11")]
    public static Model VGG11(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg11", s_vggA, normalized: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 13 weight layers, column B (Simonyan and Zisserman 2015); 133,047,848 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg13")]
    public static Model VGG13(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg13", s_vggB, normalized: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 16 weight layers, column D (Simonyan and Zisserman 2015, "Very deep convolutional networks", table 1); 138,357,544 parameters.</summary>
    /// <param name="includeTop">Whether the classifier (two layers of 4,096 and the classes) is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (224, 224, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>block1_conv1</c> … <c>block5_pool</c>, <c>flatten</c>, <c>fc1</c>, <c>fc2</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌊H / 32⌋, ⌊W / 32⌋, 512)</c> without the classifier; H, W ≥ 32.</para>
    /// <code>var net = VGG16(includeTop: false, weights: "imagenet", inputShape: (128, 128, 3));</code>
    /// </remarks>
    [ZooModel("vgg16")]
    public static Model VGG16(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg16", s_vggD, normalized: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 19 weight layers, column E (Simonyan and Zisserman 2015); 143,667,240 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg19")]
    public static Model VGG19(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg19", s_vggE, normalized: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 11 weight layers, column A with batch normalization (Simonyan and Zisserman 2015); 132,868,840 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg11_bn")]
    public static Model VGG11BN(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg11_bn", s_vggA, normalized: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 13 weight layers, column B with batch normalization (Simonyan and Zisserman 2015); 133,053,736 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg13_bn")]
    public static Model VGG13BN(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg13_bn", s_vggB, normalized: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 16 weight layers, column D with batch normalization (Simonyan and Zisserman 2015); 138,365,992 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg16_bn")]
    public static Model VGG16BN(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg16_bn", s_vggD, normalized: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>VGG with 19 weight layers, column E with batch normalization (Simonyan and Zisserman 2015); 143,678,248 parameters.</summary>
    /// <inheritdoc cref="VGG16"/>
    [ZooModel("vgg19_bn")]
    public static Model VGG19BN(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        VGG("vgg19_bn", s_vggE, normalized: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    internal static Model VGG(string model, int[] depths, bool normalized, NetworkOptions options, int[]? filters = null, int units = 4096)
    {
        filters ??= s_vggFilters;
        var network = new Network(model, options);
        var names = new List<(string Layer, string Key)>();
        var x = network.Input;
        // torchvision counts every module of its one long list: convolution, (normalization,) ReLU, pool.
        var index = 0;
        for (var block = 1; block <= depths.Length; block++)
        {
            for (var n = 1; n <= depths[block - 1]; n++)
            {
                var layer = $"block{block}_conv{n}";
                names.Add((layer, $"features.{index++}"));
                if (normalized)
                {
                    x = Conv2D(filters[block - 1], 3, padding: 1, kernelInitializer: HeFanOut(), name: layer)(x);
                    names.Add(($"block{block}_bn{n}", $"features.{index++}"));
                    x = BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: $"block{block}_bn{n}")(x);
                    x = Activation("relu", name: $"block{block}_relu{n}")(x);
                }
                else
                {
                    x = Conv2D(filters[block - 1], 3, padding: 1, activation: "relu", kernelInitializer: HeFanOut(), name: layer)(x);
                }
                index++;
            }
            x = MaxPooling2D(2, name: $"block{block}_pool")(x);
            index++;
        }
        if (network.IncludeTop)
        {
            x = AdaptiveAveragePooling2D(7, name: "avg_pool")(x);
            x = Flatten(name: "flatten")(x);
            x = Dense(units, activation: "relu", kernelInitializer: new RandomNormal(0, 0.01), name: "fc1")(x);
            x = Dropout(0.5, name: "dropout1")(x);
            x = Dense(units, activation: "relu", kernelInitializer: new RandomNormal(0, 0.01), name: "fc2")(x);
            x = Dropout(0.5, name: "dropout2")(x);
            x = network.Classify(x, new RandomNormal(0, 0.01));
        }
        names.AddRange([("fc1", "classifier.0"), ("fc2", "classifier.3"), ("predictions", "classifier.6")]);
        return network.Finish(x, new StateDictMap([.. names]), "classifier.*");
    }

    /// <summary>He et al.'s normal distribution over the outgoing connections, as torchvision fills convolutions.</summary>
    private static VarianceScaling HeFanOut() => new(2.0, "fan_out", "untruncated_normal");
}
