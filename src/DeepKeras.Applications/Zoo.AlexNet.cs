using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// AlexNet, torchvision's: the single-column variant of Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks", footnote 1. Unlike Krizhevsky,
// Sutskever and Hinton 2012 it has 64, 192, 384, 256 and 256 filters, no groups and no local response normalization; dropout is before the fully connected layers.
public static partial class Zoo
{
    /// <summary>AlexNet in one column (Krizhevsky et al. 2012, in the variant of Krizhevsky 2014); 61,100,840 parameters.</summary>
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
    /// Layers <c>conv1</c>, <c>pool1</c>, <c>conv2</c>, <c>pool2</c>, <c>conv3</c>, <c>conv4</c>, <c>conv5</c>, <c>pool5</c>, <c>avg_pool</c>, <c>flatten</c>, <c>dropout6</c>, <c>fc6</c>, <c>dropout7</c>, <c>fc7</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or (N, 6, 6, 256) of 224 × 224 images without the classifier; H, W ≥ 63.</para>
    /// <code>var net = AlexNet(weights: null, classes: 17);</code>
    /// </remarks>
    [ZooModel("alexnet")]
    public static Model AlexNet(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null)
    {
        var network = new Network("alexnet", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), minimum: 63);
        var x = Convolve(network.Input, 64, 11, strides: 4, padding: 2, name: "conv1");
        x = MaxPooling2D(3, strides: 2, name: "pool1")(x);
        x = Convolve(x, 192, 5, padding: 2, name: "conv2");
        x = MaxPooling2D(3, strides: 2, name: "pool2")(x);
        x = Convolve(x, 384, 3, padding: 1, name: "conv3");
        x = Convolve(x, 256, 3, padding: 1, name: "conv4");
        x = Convolve(x, 256, 3, padding: 1, name: "conv5");
        x = MaxPooling2D(3, strides: 2, name: "pool5")(x);
        if (network.IncludeTop)
        {
            x = AdaptiveAveragePooling2D(6, name: "avg_pool")(x);
            x = Flatten(name: "flatten")(x);
            x = Connect(Dropout(0.5, name: "dropout6")(x), "fc6");
            x = Connect(Dropout(0.5, name: "dropout7")(x), "fc7");
            x = network.Classify(x, UniformFanIn(), UniformBias(x));
        }
        return network.Finish(
            x,
            new StateDictMap(
                ("conv1", "features.0"),
                ("conv2", "features.3"),
                ("conv3", "features.6"),
                ("conv4", "features.8"),
                ("conv5", "features.10"),
                ("fc6", "classifier.1"),
                ("fc7", "classifier.4"),
                ("predictions", "classifier.6")),
            "classifier.*");

        static KerasTensor Convolve(KerasTensor x, int filters, int kernel, string name, int padding, int strides = 1) =>
            Conv2D(filters, kernel, strides, padding, activation: "relu", kernelInitializer: UniformFanIn(), biasInitializer: UniformBias(x, kernel), name: name)(x);

        static KerasTensor Connect(KerasTensor x, string name) =>
            Dense(4096, activation: "relu", kernelInitializer: UniformFanIn(), biasInitializer: UniformBias(x), name: name)(x);
    }

    /// <summary>Uniform within 1 / √(incoming connections), as PyTorch fills a layer that nothing else is said of.</summary>
    private static VarianceScaling UniformFanIn() => new(1.0 / 3, "fan_in", "uniform");

    /// <summary>The same for the biases of a layer.</summary>
    /// <param name="x">What the layer sees.</param>
    /// <param name="kernel">Height and width of its windows.</param>
    private static RandomUniform UniformBias(KerasTensor x, int kernel = 1)
    {
        var limit = 1 / Math.Sqrt(x.Shape[^1]!.Value * kernel * kernel);
        return new(-limit, limit);
    }
}
