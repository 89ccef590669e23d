using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// DenseNet-BC: Huang et al. 2017, table 1, with θ = 0.5 and bottlenecks of 4k filters. torchvision's batch normalization epsilon, 1e-5; Keras's is 1.001e-5.
public static partial class Zoo
{
    /// <summary>Densely connected network of 121 weight layers, k = 32 (Huang et al. 2017, "Densely connected convolutional networks", table 1); 7,978,856 parameters.</summary>
    /// <param name="includeTop">Whether the classifier (global average pooling and the classes) is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (224, 224, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>conv1_conv</c>, <c>conv1_bn</c>, <c>conv1_relu</c>, <c>pool1</c>, then dense blocks 2 to 5 of <c>conv2_block1_0_bn</c>, <c>…_0_relu</c>, <c>…_1_conv</c>, <c>…_1_bn</c>, <c>…_1_relu</c>, <c>…_2_conv</c>, <c>…_concat</c>
    /// with the transitions <c>pool2_bn</c>, <c>pool2_relu</c>, <c>pool2_conv</c>, <c>pool2_pool</c> between them; <c>bn</c>, <c>relu</c>, <c>avg_pool</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or about <c>(N, H / 32, W / 32, 1024)</c> without the classifier (1664 for 169, 1920 for 201, 2208 for 161); H, W ≥ 29.</para>
    /// <code>var net = DenseNet121(includeTop: false, weights: "imagenet", pooling: "avg");</code>
    /// </remarks>
    [ZooModel("densenet121")]
    public static Model DenseNet121(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        DenseNet("densenet121", layers: [6, 12, 24, 16], growth: 32, filters: 64, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Densely connected network of 161 weight layers, k = 48 (Huang et al. 2017; its wide variant for ImageNet); 28,681,000 parameters.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    [ZooModel("densenet161")]
    public static Model DenseNet161(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        DenseNet("densenet161", layers: [6, 12, 36, 24], growth: 48, filters: 96, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Densely connected network of 169 weight layers, k = 32 (Huang et al. 2017, table 1); 14,149,480 parameters.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    [ZooModel("densenet169")]
    public static Model DenseNet169(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        DenseNet("densenet169", layers: [6, 12, 32, 32], growth: 32, filters: 64, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Densely connected network of 201 weight layers, k = 32 (Huang et al. 2017, table 1); 20,013,928 parameters.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    [ZooModel("densenet201")]
    public static Model DenseNet201(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        DenseNet("densenet201", layers: [6, 12, 48, 32], growth: 32, filters: 64, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    internal static Model DenseNet(string model, int[] layers, int growth, int filters, NetworkOptions options)
    {
        var network = new Network(model, options, minimum: 29);
        var x = Conv2D(filters, 7, strides: 2, padding: 3, useBias: false, kernelInitializer: HeFanIn(), name: "conv1_conv")(network.Input);
        x = NormalizeAndRectify(x, "conv1");
        x = MaxPooling2D(3, strides: 2, padding: 1, name: "pool1")(x);
        for (var stage = 2; stage <= 5; stage++)
        {
            for (var block = 1; block <= layers[stage - 2]; block++)
            {
                var name = $"conv{stage}_block{block}";
                var y = Conv2D(4 * growth, 1, useBias: false, kernelInitializer: HeFanIn(), name: $"{name}_1_conv")(NormalizeAndRectify(x, $"{name}_0"));
                y = Conv2D(growth, 3, padding: 1, useBias: false, kernelInitializer: HeFanIn(), name: $"{name}_2_conv")(NormalizeAndRectify(y, $"{name}_1"));
                x = Concatenate(name: $"{name}_concat")(x, y);
            }
            if (stage == 5) break;
            x = Conv2D((x.Shape[^1] ?? 0) / 2, 1, useBias: false, kernelInitializer: HeFanIn(), name: $"pool{stage}_conv")(NormalizeAndRectify(x, $"pool{stage}"));
            x = AveragePooling2D(2, name: $"pool{stage}_pool")(x);
        }
        x = BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: "bn")(x);
        x = Activation("relu", name: "relu")(x);
        if (network.IncludeTop) x = network.PoolAndClassify(x, initializer: UniformFanIn());
        return network.Finish(
            x,
            new StateDictMap(
                ("conv1_conv", "features.conv0"),
                ("conv1_bn", "features.norm0"),
                ("conv{s}_block{b}_0_bn", "features.denseblock{s-1}.denselayer{b}.norm1"),
                ("conv{s}_block{b}_1_conv", "features.denseblock{s-1}.denselayer{b}.conv1"),
                ("conv{s}_block{b}_1_bn", "features.denseblock{s-1}.denselayer{b}.norm2"),
                ("conv{s}_block{b}_2_conv", "features.denseblock{s-1}.denselayer{b}.conv2"),
                ("pool{s}_bn", "features.transition{s-1}.norm"),
                ("pool{s}_conv", "features.transition{s-1}.conv"),
                ("bn", "features.norm5"),
                ("predictions", "classifier")),
            "classifier.*");
    }

    private static KerasTensor NormalizeAndRectify(KerasTensor x, string name) =>
        Activation("relu", name: $"{name}_relu")(BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: $"{name}_bn")(x));

    /// <summary>He et al.'s normal distribution over the incoming connections, as torchvision fills DenseNet.</summary>
    private static VarianceScaling HeFanIn() => new(2.0, "fan_in", "untruncated_normal");
}
