using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Stochastic depth: Huang et al. 2016, "Deep networks with stochastic depth"; the networks of He et al. 2016 whose blocks are dropped in training, later ones more often.
public static partial class Zoo
{
    /// <summary>
    /// A residual network for 224 × 224 images whose blocks are left out at random while training (Huang et al. 2016): block l of L survives with p_l = 1 − l / L · (1 − p_L).
    /// As many parameters as <see cref="ResNet50"/> and its siblings, and their layers with one <c>conv2_block1_drop</c> before each <c>…_add</c>.
    /// </summary>
    /// <param name="depth">18, 34, 50, 101 or 152 weight layers.</param>
    /// <param name="finalSurvival">p_L, the survival probability of the last block, above 0 and at most 1; the paper's is 0.5.</param>
    /// <param name="mode"><c>"batch"</c> (default), one draw for all samples as in the paper, or <c>"row"</c>, one for each.</param>
    /// <param name="scaleAtInference">Whether inference multiplies each branch by p_l, as in the paper; else training divides by it.</param>
    /// <param name="includeTop">Whether the classifier (global average pooling and the classes) is there.</param>
    /// <param name="weights">The path of a weight file, also of the network without stochastic depth, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (224, 224, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Predictions use all blocks. With <see cref="Inspection.MonteCarlo"/> they are dropped then too, which says how sure the network is.
    /// <para><b>Shapes</b> as <see cref="ResNet50"/>'s or <see cref="ResNet18"/>'s.</para>
    /// <code>
    /// var net = ResNetStochasticDepth(depth: 50, inputShape: (64, 64, 3), classes: 10);
    /// using var sure = MonteCarlo.Predict(net, images, passes: 30);
    /// </code>
    /// </remarks>
    [ZooModel("resnet_stochastic_depth")]
    public static Model ResNetStochasticDepth(int depth = 50, double finalSurvival = 0.5, string mode = "batch", bool scaleAtInference = true, bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null)
    {
        const string model = "resnet_stochastic_depth";
        // The columns of He et al.'s table 1.
        int[] layers = depth switch
        {
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            101 => [3, 4, 23, 3],
            152 => [3, 8, 36, 3],
            _ => throw Throw.DepthOfResNet(model, depth, "18, 34, 50, 101 or 152"),
        };
        var survival = Survival(model, layers.Sum(), finalSurvival, mode, scaleAtInference);
        return ResNet(model, layers, bottleneck: depth >= 50, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), survival: survival);
    }

    /// <summary>
    /// The residual network for 32 × 32 images (He et al. 2016, section 4.2): 6n + 2 weight layers in three stages of n blocks of 16, 32 and 64 filters, shortcuts without parameters.
    /// 0.27 million parameters with depth 20, 0.46 with 32, 0.66 with 44, 0.85 with 56, 1.7 with 110; with <c>finalSurvival: 0.5</c> and depth 110 it is Huang et al. 2016's network.
    /// </summary>
    /// <param name="depth">6n + 2: 20 (default), 32, 44, 56, 110 ….</param>
    /// <param name="finalSurvival">The survival probability of the last block, above 0 and at most 1; 1 (default) drops nothing.</param>
    /// <param name="mode"><c>"batch"</c> (default), one draw for all samples as in Huang et al., or <c>"row"</c>, one for each.</param>
    /// <param name="scaleAtInference">Whether inference multiplies each branch by its survival probability, as in the paper; else training divides by it.</param>
    /// <param name="includeTop">Whether the classifier (global average pooling and the classes) is there.</param>
    /// <param name="weights">The name of a weight set (<c>"cifar10"</c>, of depth 20), the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (32, 32, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers as in <see cref="ResNet18"/>, from <c>conv1_conv</c> to <c>conv4_block3_out</c>; where a shortcut changes shape it takes every second cell, <c>conv3_block1_0_pool</c>, and adds channels of zeros, <c>conv3_block1_0_pad</c> (option A).
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 4⌉, ⌈W / 4⌉, 64)</c> without the classifier; H, W ≥ 8.</para>
    /// <code>var net = ResNetCifar(weights: "cifar10");</code>
    /// </remarks>
    [ZooModel("resnet_cifar")]
    public static Model ResNetCifar(int depth = 20, double finalSurvival = 1, string mode = "batch", bool scaleAtInference = true, bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 10, ActivationFunction? classifierActivation = null, string? name = null)
    {
        const string model = "resnet_cifar";
        if (depth < 8 || depth % 6 != 2) throw Throw.DepthOfResNet(model, depth, "6n + 2 with n at least 1");
        var n = depth / 6;
        var network = new Network(model, new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 32, minimum: 8);
        var blocks = new ResidualBlocks(bottleneck: false, groups: 1, width: 64, Survival(model, 3 * n, finalSurvival, mode, scaleAtInference), padded: true);
        var x = Conv2D(16, 3, padding: 1, useBias: false, kernelInitializer: HeFanOut(), name: "conv1_conv")(network.Input);
        x = NormalizeAndRectify(x, "conv1");
        for (var stage = 2; stage <= 4; stage++)
        {
            for (var block = 1; block <= n; block++) x = blocks.Append(x, $"conv{stage}_block{block}", planes: 4 << stage, stride: stage > 2 && block == 1 ? 2 : 1);
        }
        if (network.IncludeTop) x = network.PoolAndClassify(x);
        return network.Finish(
            x,
            new StateDictMap(
                ("conv1_conv", "conv1"),
                ("conv1_bn", "bn1"),
                ("conv{s}_block{b}_{k}_conv", "layer{s-1}.{b-1}.conv{k}"),
                ("conv{s}_block{b}_{k}_bn", "layer{s-1}.{b-1}.bn{k}"),
                ("predictions", "linear")),
            "linear.*");
    }

    private static SurvivalDecay? Survival(string model, int blocks, double final, string mode, bool scaleAtInference)
    {
        if (final is not (> 0 and <= 1)) throw Throw.Survival(model, final);
        return final < 1 ? new(blocks, final, mode, scaleAtInference) : null;
    }
}
