using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// MobileNet v2: Sandler et al. 2018, table 2. torchvision's variant: symmetric borders, batch normalization with epsilon 1e-5 and momentum 0.9.
public static partial class Zoo
{
    // Table 2: expansion factor t, output channels c, repetitions n, stride s of the first.
    private static readonly (int T, int C, int N, int S)[] s_mobileNetV2 =
    [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ];

    private static readonly StateDictMap s_mobileNetV2Names = new(
        ("Conv1", "features.0.0"),
        ("bn_Conv1", "features.0.1"),
        ("expanded_conv_depthwise", "features.1.conv.0.0"),
        ("expanded_conv_depthwise_BN", "features.1.conv.0.1"),
        ("expanded_conv_project", "features.1.conv.1"),
        ("expanded_conv_project_BN", "features.1.conv.2"),
        ("block_{b}_expand", "features.{b+1}.conv.0.0"),
        ("block_{b}_expand_BN", "features.{b+1}.conv.0.1"),
        ("block_{b}_depthwise", "features.{b+1}.conv.1.0"),
        ("block_{b}_depthwise_BN", "features.{b+1}.conv.1.1"),
        ("block_{b}_project", "features.{b+1}.conv.2"),
        ("block_{b}_project_BN", "features.{b+1}.conv.3"),
        ("Conv_1", "features.18.0"),
        ("Conv_1_bn", "features.18.1"),
        ("predictions", "classifier.1"));

    /// <summary>MobileNet v2 (Sandler et al. 2018, "Inverted residuals and linear bottlenecks", table 2); 3,504,872 parameters.</summary>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (224, 224, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="alpha">Factor of all numbers of channels, which are rounded to multiples of 8; 1 by default. The 1,280 before the classifier do not shrink.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>Conv1</c>, <c>expanded_conv_depthwise</c> …, <c>block_1_expand</c> … <c>block_16_project</c>, <c>Conv_1</c>, <c>out_relu</c>, <c>avg_pool</c>,
    /// <c>top_dropout</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 1280)</c> without the classifier; H, W ≥ 32.</para>
    /// <code>var net = MobileNetV2(includeTop: false, weights: "imagenet", inputShape: (160, 160, 3), pooling: "avg");</code>
    /// </remarks>
    [ZooModel("mobilenet_v2")]
    public static Model MobileNetV2(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null, double alpha = 1)
    {
        var network = new Network("mobilenet_v2", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));
        if (!(alpha > 0 && double.IsFinite(alpha))) throw Throw.WidthMultiplier("mobilenet_v2", alpha);

        var channels = Width.Round(32 * alpha);
        var x = Conv2D(channels, 3, 2, 1, useBias: false, kernelInitializer: HeFanOut(), name: "Conv1")(network.Input);
        x = MobileNetNormalization("bn_Conv1")(x);
        x = Activation("relu6", name: "Conv1_relu")(x);
        var block = 0;
        foreach (var (t, c, n, s) in s_mobileNetV2)
        {
            var filters = Width.Round(c * alpha);
            for (var i = 0; i < n; i++, block++)
            {
                x = InvertedResidual(x, block == 0 ? "expanded_conv" : $"block_{block}", channels, t, filters, i == 0 ? s : 1);
                channels = filters;
            }
        }
        x = Conv2D(Width.Round(1280 * Math.Max(1, alpha)), 1, useBias: false, kernelInitializer: HeFanOut(), name: "Conv_1")(x);
        x = MobileNetNormalization("Conv_1_bn")(x);
        x = Activation("relu6", name: "out_relu")(x);
        if (includeTop) x = network.PoolAndClassify(x, dropout: 0.2, new RandomNormal(0, 0.01));
        return network.Finish(x, s_mobileNetV2Names, "classifier.*");
    }

    // Table 1: widen, filter each channel, narrow without an activation; added to the input where size and channels stay.
    private static KerasTensor InvertedResidual(KerasTensor input, string name, int channels, int expansion, int filters, int strides)
    {
        var x = input;
        if (expansion > 1)
        {
            x = Conv2D(channels * expansion, 1, useBias: false, kernelInitializer: HeFanOut(), name: $"{name}_expand")(x);
            x = MobileNetNormalization($"{name}_expand_BN")(x);
            x = Activation("relu6", name: $"{name}_expand_relu")(x);
        }
        x = DepthwiseConv2D(3, strides, 1, useBias: false, depthwiseInitializer: DepthwiseHeFanOut(), name: $"{name}_depthwise")(x);
        x = MobileNetNormalization($"{name}_depthwise_BN")(x);
        x = Activation("relu6", name: $"{name}_depthwise_relu")(x);
        x = Conv2D(filters, 1, useBias: false, kernelInitializer: HeFanOut(), name: $"{name}_project")(x);
        x = MobileNetNormalization($"{name}_project_BN")(x);
        return strides == 1 && channels == filters ? Add(name: $"{name}_add")(input, x) : x;
    }

    private static LayerCall MobileNetNormalization(string name) => BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: name);

    // What PyTorch counts as the outgoing connections of a convolution of each channel on its own is what Keras counts as the incoming ones.
    private static VarianceScaling DepthwiseHeFanOut() => new(2.0, "fan_in", "untruncated_normal");
}
