using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Squeeze-and-excitation networks: Hu, Shen and Sun 2018, table 1, reduction ratio r = 16. The authors' variants as the weight files of the pretrained-models collection have them:
// SE-ResNet has its stride in the first 1 × 1 convolution (unlike torchvision's ResNet), SE-ResNeXt and SENet-154 in the 3 × 3; the first pool rounds up.
public static partial class Zoo
{
    /// <summary>ResNet-50 whose blocks weigh their channels (Hu et al. 2018, "Squeeze-and-excitation networks", table 1); 28,088,024 parameters.</summary>
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
    /// Layers as in <see cref="ResNet50"/>; each block weighs its branch by <c>conv2_block1_se_squeeze</c>, <c>…_se_reduce</c>, <c>…_se_expand</c>, <c>…_se_excite</c> before <c>…_add</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 2048)</c> without the classifier; H, W ≥ 32.</para>
    /// <code>var net = SEResNet50(weights: null, classes: 10);</code>
    /// </remarks>
    [ZooModel("se_resnet50")]
    public static Model SEResNet50(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("se_resnet50", layers: [3, 4, 6, 3], s_seResNet, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>ResNet-101 whose blocks weigh their channels (Hu et al. 2018); 49,326,872 parameters.</summary>
    /// <inheritdoc cref="SEResNet50"/>
    [ZooModel("se_resnet101")]
    public static Model SEResNet101(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("se_resnet101", layers: [3, 4, 23, 3], s_seResNet, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>ResNet-152 whose blocks weigh their channels (Hu et al. 2018); 66,821,848 parameters.</summary>
    /// <inheritdoc cref="SEResNet50"/>
    [ZooModel("se_resnet152")]
    public static Model SEResNet152(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("se_resnet152", layers: [3, 8, 36, 3], s_seResNet, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>ResNeXt-50 (32×4d) whose blocks weigh their channels (Hu et al. 2018, table 1); 27,559,896 parameters.</summary>
    /// <inheritdoc cref="SEResNet50"/>
    [ZooModel("se_resnext50_32x4d")]
    public static Model SEResNeXt50(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("se_resnext50_32x4d", layers: [3, 4, 6, 3], s_seResNeXt, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>ResNeXt-101 (32×4d) whose blocks weigh their channels (Hu et al. 2018); 48,955,416 parameters.</summary>
    /// <inheritdoc cref="SEResNet50"/>
    [ZooModel("se_resnext101_32x4d")]
    public static Model SEResNeXt101(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("se_resnext101_32x4d", layers: [3, 4, 23, 3], s_seResNeXt, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    /// <summary>SENet-154, the winner of ILSVRC 2017 (Hu et al. 2018, appendix): a modified ResNeXt-152 (64×4d) that weighs its channels; 115,088,984 parameters.</summary>
    /// <inheritdoc cref="SEResNet50"/>
    /// <remarks>
    /// As <see cref="SEResNet50"/>, but it begins with three 3 × 3 convolutions <c>conv1_1_conv</c> to <c>conv1_3_conv</c>, the first 1 × 1 convolution of a block has half as many filters as its 3 × 3,
    /// shortcuts that halve the maps are 3 × 3 convolutions, and a fifth of the features is dropped before the classifier.
    /// </remarks>
    [ZooModel("senet154")]
    public static Model SENet154(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null) =>
        SENet("senet154", layers: [3, 8, 36, 3], s_seNet, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));

    // inner: filters of the first 1 × 1 and of the 3 × 3 convolution for 64 planes.
    private sealed record SEVariant((int Reduce, int Wide) Inner, int Groups, bool StrideFirst, int ShortcutKernel, bool DeepStem, double Dropout);

    private static readonly SEVariant s_seResNet = new((64, 64), Groups: 1, StrideFirst: true, ShortcutKernel: 1, DeepStem: false, Dropout: 0);
    private static readonly SEVariant s_seResNeXt = new((128, 128), Groups: 32, StrideFirst: false, ShortcutKernel: 1, DeepStem: false, Dropout: 0);
    private static readonly SEVariant s_seNet = new((128, 256), Groups: 64, StrideFirst: false, ShortcutKernel: 3, DeepStem: true, Dropout: 0.2);

    private static Model SENet(string model, int[] layers, SEVariant variant, NetworkOptions options)
    {
        var network = new Network(model, options);
        var x = network.Input;
        if (variant.DeepStem)
        {
            x = ConvolveNormalized(x, "conv1_1", 64, kernel: 3, stride: 2, rectified: true);
            x = ConvolveNormalized(x, "conv1_2", 64, kernel: 3, rectified: true);
            x = ConvolveNormalized(x, "conv1_3", 128, kernel: 3, rectified: true);
        }
        else
        {
            x = ConvolveNormalized(x, "conv1", 64, kernel: 7, stride: 2, rectified: true);
        }
        x = MaxPooling2D(3, strides: 2, padding: "ceil", name: "pool1_pool")(x);
        for (var stage = 2; stage <= 5; stage++)
        {
            for (var block = 1; block <= layers[stage - 2]; block++) x = SEBlock(x, variant, $"conv{stage}_block{block}", planes: 16 << stage, stride: stage > 2 && block == 1 ? 2 : 1);
        }
        if (network.IncludeTop) x = network.PoolAndClassify(x, variant.Dropout);
        return network.Finish(
            x,
            new StateDictMap(
                ("conv1_{k}_conv", "layer0.conv{k}"),
                ("conv1_{k}_bn", "layer0.bn{k}"),
                ("conv1_conv", "layer0.conv1"),
                ("conv1_bn", "layer0.bn1"),
                ("conv{s}_block{b}_0_conv", "layer{s-1}.{b-1}.downsample.0"),
                ("conv{s}_block{b}_0_bn", "layer{s-1}.{b-1}.downsample.1"),
                ("conv{s}_block{b}_{k}_conv", "layer{s-1}.{b-1}.conv{k}"),
                ("conv{s}_block{b}_{k}_bn", "layer{s-1}.{b-1}.bn{k}"),
                ("conv{s}_block{b}_se_reduce", "layer{s-1}.{b-1}.se_module.fc1"),
                ("conv{s}_block{b}_se_expand", "layer{s-1}.{b-1}.se_module.fc2"),
                ("predictions", "last_linear")),
            "last_linear.*");
    }

    private static KerasTensor SEBlock(KerasTensor x, SEVariant variant, string name, int planes, int stride)
    {
        var channels = 4 * planes;
        var shortcut = stride == 1 && x.Shape[^1] == channels ? x : ConvolveNormalized(x, $"{name}_0", channels, kernel: stride == 1 ? 1 : variant.ShortcutKernel, stride);
        var (first, second) = variant.StrideFirst ? (stride, 1) : (1, stride);
        var branch = ConvolveNormalized(x, $"{name}_1", planes / 64 * variant.Inner.Reduce, kernel: 1, first, rectified: true);
        branch = ConvolveNormalized(branch, $"{name}_2", planes / 64 * variant.Inner.Wide, kernel: 3, second, variant.Groups, rectified: true);
        branch = ConvolveNormalized(branch, $"{name}_3", channels, kernel: 1);
        var weights = GlobalAveragePooling2D(keepdims: true, name: $"{name}_se_squeeze")(branch);
        weights = Conv2D(channels / 16, 1, activation: "relu", kernelInitializer: UniformFanIn(), name: $"{name}_se_reduce")(weights);
        weights = Conv2D(channels, 1, activation: "sigmoid", kernelInitializer: UniformFanIn(), name: $"{name}_se_expand")(weights);
        branch = Multiply(name: $"{name}_se_excite")(branch, weights);
        return Activation("relu", name: $"{name}_out")(Add(name: $"{name}_add")(shortcut, branch));
    }

    private static KerasTensor ConvolveNormalized(KerasTensor x, string name, int filters, int kernel, int stride = 1, int groups = 1, bool rectified = false)
    {
        x = Conv2D(filters, kernel, strides: stride, padding: kernel / 2, groups: groups, useBias: false, kernelInitializer: UniformFanIn(), name: $"{name}_conv")(x);
        x = BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: $"{name}_bn")(x);
        return rectified ? Activation("relu", name: $"{name}_relu")(x) : x;
    }
}
