using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Residual networks: He et al. 2016, table 1, for 224 × 224 images; wide ones by Zagoruyko and Komodakis 2016, aggregated ones by Xie et al. 2017. torchvision's:
// no bias in convolutions, the stride of a bottleneck in its 3 × 3 convolution (He et al. have it in the first 1 × 1), batch normalization with epsilon 1e-5.
public static partial class Zoo
{
    /// <summary>Residual network of 18 weight layers (He et al. 2016, table 1); 11,689,512 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    /// <remarks>
    /// Blocks of two 3 × 3 convolutions; layers are named as those of <see cref="ResNet50"/>, but a block has two convolutions instead of three.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 512)</c> without the classifier; H, W ≥ 32.</para>
    /// <code>var net = ResNet18(weights: null, inputShape: (64, 64, 3), classes: 10);</code>
    /// </remarks>
    [ZooModel("resnet18")]
    public static Model ResNet18(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnet18", layers: [2, 2, 2, 2], bottleneck: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Residual network of 34 weight layers (He et al. 2016, table 1); 21,797,672 parameters.</summary>
    /// <inheritdoc cref="ResNet18"/>
    [ZooModel("resnet34")]
    public static Model ResNet34(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnet34", layers: [3, 4, 6, 3], bottleneck: false, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Residual network of 50 weight layers (He et al. 2016, "Deep residual learning for image recognition", table 1); 25,557,032 parameters.</summary>
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
    /// Layers <c>conv1_conv</c>, <c>conv1_bn</c>, <c>conv1_relu</c>, <c>pool1_pool</c>, then stages 2 to 5 of blocks <c>conv2_block1_1_conv</c>, <c>…_1_bn</c>, <c>…_1_relu</c>, <c>…_2_conv</c> …
    /// <c>…_3_bn</c>, the shortcut <c>…_0_conv</c>, <c>…_0_bn</c> where the shape changes, <c>…_add</c>, <c>…_out</c>; <c>avg_pool</c>, <c>predictions</c>.
    /// Convolutions have no bias, unlike Keras's; strides are in the 3 × 3 convolutions.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 2048)</c> without the classifier; H, W ≥ 32.</para>
    /// <code>var net = ResNet50(includeTop: false, weights: "imagenet", pooling: "avg");</code>
    /// </remarks>
    [ZooModel("resnet50")]
    public static Model ResNet50(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnet50", layers: [3, 4, 6, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Residual network of 101 weight layers (He et al. 2016, table 1); 44,549,160 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("resnet101")]
    public static Model ResNet101(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnet101", layers: [3, 4, 23, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>Residual network of 152 weight layers (He et al. 2016, table 1); 60,192,808 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("resnet152")]
    public static Model ResNet152(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnet152", layers: [3, 8, 36, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>ResNet-50 whose 3 × 3 convolutions are twice as wide (Zagoruyko and Komodakis 2016, "Wide residual networks"); 68,883,240 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("wide_resnet50_2")]
    public static Model WideResNet50(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("wide_resnet50_2", layers: [3, 4, 6, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), width: 128);

    /// <summary>ResNet-101 whose 3 × 3 convolutions are twice as wide (Zagoruyko and Komodakis 2016, "Wide residual networks"); 126,886,696 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("wide_resnet101_2")]
    public static Model WideResNet101(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("wide_resnet101_2", layers: [3, 4, 23, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), width: 128);

    /// <summary>ResNeXt-50 (32×4d): 32 groups of width 4 (Xie et al. 2017, "Aggregated residual transformations", table 1); 25,028,904 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("resnext50_32x4d")]
    public static Model ResNeXt50(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnext50_32x4d", layers: [3, 4, 6, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), groups: 32, width: 4);

    /// <summary>ResNeXt-101 (32×8d): 32 groups of width 8 (Xie et al. 2017; the depth of ResNet-101); 88,791,336 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("resnext101_32x8d")]
    public static Model ResNeXt101(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnext101_32x8d", layers: [3, 4, 23, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), groups: 32, width: 8);

    /// <summary>ResNeXt-101 (64×4d): 64 groups of width 4 (Xie et al. 2017, table 4); 83,455,272 parameters.</summary>
    /// <inheritdoc cref="ResNet50"/>
    [ZooModel("resnext101_64x4d")]
    public static Model ResNeXt101By64(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        ResNet("resnext101_64x4d", layers: [3, 4, 23, 3], bottleneck: true, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), groups: 64, width: 4);

    internal static Model ResNet(string model, int[] layers, bool bottleneck, NetworkOptions options, int groups = 1, int width = 64, SurvivalDecay? survival = null, int planes = 64)
    {
        var network = new Network(model, options);
        var blocks = new ResidualBlocks(bottleneck, groups, width, survival);
        var x = Conv2D(planes, 7, strides: 2, padding: 3, useBias: false, kernelInitializer: HeFanOut(), name: "conv1_conv")(network.Input);
        x = BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: "conv1_bn")(x);
        x = Activation("relu", name: "conv1_relu")(x);
        x = MaxPooling2D(3, strides: 2, padding: 1, name: "pool1_pool")(x);
        for (var stage = 2; stage <= 5; stage++)
        {
            for (var block = 1; block <= layers[stage - 2]; block++) x = blocks.Append(x, $"conv{stage}_block{block}", planes << (stage - 2), stride: stage > 2 && block == 1 ? 2 : 1);
        }
        if (network.IncludeTop) x = network.PoolAndClassify(x, initializer: UniformFanIn(), biases: UniformBias(x));
        return network.Finish(
            x,
            new StateDictMap(
                ("conv1_conv", "conv1"),
                ("conv1_bn", "bn1"),
                ("conv{s}_block{b}_0_conv", "layer{s-1}.{b-1}.downsample.0"),
                ("conv{s}_block{b}_0_bn", "layer{s-1}.{b-1}.downsample.1"),
                ("conv{s}_block{b}_{k}_conv", "layer{s-1}.{b-1}.conv{k}"),
                ("conv{s}_block{b}_{k}_bn", "layer{s-1}.{b-1}.bn{k}"),
                ("predictions", "fc")),
            "fc.*");
    }
}
