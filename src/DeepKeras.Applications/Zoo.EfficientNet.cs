using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// EfficientNet: Tan and Le 2019. torchvision's variant: symmetric borders; batch normalization with epsilon 1e-5 and momentum 0.9 in B0 … B4, 0.001 and
// 0.99 in B5 … B7. Images are prepared outside: Keras's layers for that are not part of the network.
public static partial class Zoo
{
    // Table 1: expansion, kernel, stride of the first layer, channels and layers of the stages 2 … 8 of B0.
    private static readonly (int Expansion, int Kernel, int Stride, int Channels, int Layers)[] s_efficientNetB0 =
    [
        (1, 3, 1, 16, 1),
        (6, 3, 2, 24, 2),
        (6, 5, 2, 40, 2),
        (6, 3, 2, 80, 3),
        (6, 5, 1, 112, 3),
        (6, 5, 2, 192, 4),
        (6, 3, 1, 320, 1),
    ];

    // The first stage does not widen, so its parts have other numbers.
    private static readonly StateDictMap s_efficientNetNames = new(
        ("stem_conv", "features.0.0"),
        ("stem_bn", "features.0.1"),
        ("block1{b:a}_dwconv", "features.1.{b-1}.block.0.0"),
        ("block1{b:a}_bn", "features.1.{b-1}.block.0.1"),
        ("block1{b:a}_se_reduce", "features.1.{b-1}.block.1.fc1"),
        ("block1{b:a}_se_expand", "features.1.{b-1}.block.1.fc2"),
        ("block1{b:a}_project_conv", "features.1.{b-1}.block.2.0"),
        ("block1{b:a}_project_bn", "features.1.{b-1}.block.2.1"),
        ("block{s}{b:a}_expand_conv", "features.{s}.{b-1}.block.0.0"),
        ("block{s}{b:a}_expand_bn", "features.{s}.{b-1}.block.0.1"),
        ("block{s}{b:a}_dwconv", "features.{s}.{b-1}.block.1.0"),
        ("block{s}{b:a}_bn", "features.{s}.{b-1}.block.1.1"),
        ("block{s}{b:a}_se_reduce", "features.{s}.{b-1}.block.2.fc1"),
        ("block{s}{b:a}_se_expand", "features.{s}.{b-1}.block.2.fc2"),
        ("block{s}{b:a}_project_conv", "features.{s}.{b-1}.block.3.0"),
        ("block{s}{b:a}_project_bn", "features.{s}.{b-1}.block.3.1"),
        ("top_conv", "features.8.0"),
        ("top_bn", "features.8.1"),
        ("predictions", "classifier.1"));

    /// <summary>EfficientNet B0 (Tan and Le 2019, "Rethinking model scaling for convolutional neural networks", table 1), for images of 224 × 224; 5,288,548 parameters.</summary>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: by default those that the network is made for, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>stem_conv</c>, <c>block1a_dwconv</c>, <c>block1a_se_reduce</c> …, <c>block2a_expand_conv</c> … <c>block7a_project_bn</c>, <c>top_conv</c>, <c>avg_pool</c>,
    /// <c>top_dropout</c>, <c>predictions</c>. In training, residual branches are dropped as a whole, with a probability that grows from 0 to nearly 0.2.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 1280)</c> without the classifier (the channels grow with the network,
    /// to 2560 in B7); H, W ≥ 32.</para>
    /// <code>var net = EfficientNetB0(includeTop: false, weights: "imagenet", pooling: "avg");</code>
    /// </remarks>
    [ZooModel("efficientnet_b0")]
    public static Model EfficientNetB0(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b0", width: 1.0, depth: 1.0, size: 224, dropout: 0.2, epsilon: 1e-5, momentum: 0.9, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B1 (Tan and Le 2019): 1.0 times as wide and 1.1 times as deep as B0, for images of 240 × 240; 7,794,184 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b1")]
    public static Model EfficientNetB1(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b1", width: 1.0, depth: 1.1, size: 240, dropout: 0.2, epsilon: 1e-5, momentum: 0.9, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B2 (Tan and Le 2019): 1.1 times as wide and 1.2 times as deep as B0, for images of 288 × 288 (the paper's 260 are torchvision's 288); 9,109,994 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b2")]
    public static Model EfficientNetB2(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b2", width: 1.1, depth: 1.2, size: 288, dropout: 0.3, epsilon: 1e-5, momentum: 0.9, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B3 (Tan and Le 2019): 1.2 times as wide and 1.4 times as deep as B0, for images of 300 × 300; 12,233,232 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b3")]
    public static Model EfficientNetB3(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b3", width: 1.2, depth: 1.4, size: 300, dropout: 0.3, epsilon: 1e-5, momentum: 0.9, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B4 (Tan and Le 2019): 1.4 times as wide and 1.8 times as deep as B0, for images of 380 × 380; 19,341,616 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b4")]
    public static Model EfficientNetB4(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b4", width: 1.4, depth: 1.8, size: 380, dropout: 0.4, epsilon: 1e-5, momentum: 0.9, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B5 (Tan and Le 2019): 1.6 times as wide and 2.2 times as deep as B0, for images of 456 × 456; 30,389,784 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b5")]
    public static Model EfficientNetB5(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b5", width: 1.6, depth: 2.2, size: 456, dropout: 0.4, epsilon: 1e-3, momentum: 0.99, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B6 (Tan and Le 2019): 1.8 times as wide and 2.6 times as deep as B0, for images of 528 × 528; 43,040,704 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b6")]
    public static Model EfficientNetB6(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b6", width: 1.8, depth: 2.6, size: 528, dropout: 0.5, epsilon: 1e-3, momentum: 0.99, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>EfficientNet B7 (Tan and Le 2019): 2.0 times as wide and 3.1 times as deep as B0, for images of 600 × 600; 66,347,960 parameters.</summary>
    /// <inheritdoc cref="EfficientNetB0"/>
    [ZooModel("efficientnet_b7")]
    public static Model EfficientNetB7(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        EfficientNet("efficientnet_b7", width: 2.0, depth: 3.1, size: 600, dropout: 0.5, epsilon: 1e-3, momentum: 0.99, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    internal static Model EfficientNet(string model, double width, double depth, int size, double dropout, double epsilon, double momentum, NetworkOptions options)
    {
        const double LastDropRate = 0.2;
        var network = new Network(model, options, size);
        var channels = Width.Round(32 * width);
        var x = Conv2D(channels, 3, 2, 1, useBias: false, kernelInitializer: HeFanOut(), name: "stem_conv")(network.Input);
        x = Activation("silu", name: "stem_activation")(Normalize("stem_bn")(x));

        var depths = Array.ConvertAll(s_efficientNetB0, s => (int)Math.Ceiling(s.Layers * depth));
        double blocks = depths.Sum();
        var block = 0;
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var (expansion, kernel, stride, filters, _) = s_efficientNetB0[stage];
            filters = Width.Round(filters * width);
            for (var i = 0; i < depths[stage]; i++)
            {
                x = Block(x, $"block{stage + 1}{(char)('a' + i)}", channels, expansion, kernel, i == 0 ? stride : 1, filters, dropRate: LastDropRate * block++ / blocks);
                channels = filters;
            }
        }
        x = Conv2D(4 * channels, 1, useBias: false, kernelInitializer: HeFanOut(), name: "top_conv")(x);
        x = Activation("silu", name: "top_activation")(Normalize("top_bn")(x));
        if (network.IncludeTop)
        {
            var limit = 1 / Math.Sqrt(options.Classes);
            x = network.PoolAndClassify(x, dropout, new RandomUniform(-limit, limit));
        }
        return network.Finish(x, s_efficientNetNames, "classifier.*");

        LayerCall Normalize(string name) => BatchNormalization(momentum: momentum, epsilon: epsilon, name: name);

        // MBConv: an inverted residual whose channels are weighted by what they hold on average.
        KerasTensor Block(KerasTensor input, string name, int channels, int expansion, int kernel, int strides, int filters, double dropRate)
        {
            var y = input;
            var wide = channels * expansion;
            if (expansion > 1)
            {
                y = Conv2D(wide, 1, useBias: false, kernelInitializer: HeFanOut(), name: $"{name}_expand_conv")(y);
                y = Activation("silu", name: $"{name}_expand_activation")(Normalize($"{name}_expand_bn")(y));
            }
            y = DepthwiseConv2D(kernel, strides, kernel / 2, useBias: false, depthwiseInitializer: DepthwiseHeFanOut(), name: $"{name}_dwconv")(y);
            y = Activation("silu", name: $"{name}_activation")(Normalize($"{name}_bn")(y));

            var gate = GlobalAveragePooling2D(keepdims: true, name: $"{name}_se_squeeze")(y);
            gate = Conv2D(Math.Max(1, channels / 4), 1, activation: "silu", kernelInitializer: HeFanOut(), name: $"{name}_se_reduce")(gate);
            gate = Conv2D(wide, 1, activation: "sigmoid", kernelInitializer: HeFanOut(), name: $"{name}_se_expand")(gate);
            y = Multiply(name: $"{name}_se_excite")(y, gate);

            y = Conv2D(filters, 1, useBias: false, kernelInitializer: HeFanOut(), name: $"{name}_project_conv")(y);
            y = Normalize($"{name}_project_bn")(y);
            if (strides > 1 || channels != filters) return y;
            if (dropRate > 0) y = StochasticDepth(dropRate, name: $"{name}_drop")(y);
            return Add(name: $"{name}_add")(y, input);
        }
    }
}
