using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Fully convolutional networks: Long, Shelhamer and Darrell 2015, figure 3, on VGG16 as the authors' published networks have it: images padded by 100 cells, pools that round up,
// VGG's fully connected layers as convolutions, scores cut at the authors' offsets.
public static partial class Zoo
{
    /// <summary>Fully convolutional network on VGG16 with one enlargement by 32 (Long et al. 2015, "Fully convolutional networks for semantic segmentation", FCN-32s); 136,152,917 parameters with 21 classes, of which the 1,806,336 of the fixed enlargement.</summary>
    /// <inheritdoc cref="FCN8s"/>
    [ZooModel("fcn32s")]
    public static Model FCN32s(string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, int classes = 21, ActivationFunction? classifierActivation = null, string? name = null) =>
        FCN("fcn32s", 32, new(IncludeTop: true, weights, inputTensor, inputShape ?? (null, null, 3), Pooling: null, classes, classifierActivation, name));

    /// <summary>Fully convolutional network on VGG16 that joins scores of pool 4 and enlarges by 16 (Long et al. 2015, FCN-16s); 134,815,994 parameters with 21 classes, of which the 451,584 of the last enlargement are fixed.</summary>
    /// <inheritdoc cref="FCN8s"/>
    [ZooModel("fcn16s")]
    public static Model FCN16s(string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, int classes = 21, ActivationFunction? classifierActivation = null, string? name = null) =>
        FCN("fcn16s", 16, new(IncludeTop: true, weights, inputTensor, inputShape ?? (null, null, 3), Pooling: null, classes, classifierActivation, name));

    /// <summary>Fully convolutional network on VGG16 that joins scores of pool 4 and pool 3 and enlarges by 8 (Long et al. 2015, FCN-8s); 134,489,759 parameters with 21 classes, of which the 112,896 of the last enlargement are fixed.</summary>
    /// <param name="weights">The path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images; any size of 3 channels by default.</param>
    /// <param name="classes">How many classes each pixel is told apart into; 21 are PASCAL VOC's with the background.</param>
    /// <param name="classifierActivation">The last activation, softmax over the classes by default; <c>"linear"</c> gives the scores.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, or the weights do not fit.</exception>
    /// <remarks>
    /// Layers <c>block1_conv1</c> … <c>block5_pool</c> as in <see cref="VGG16"/>, <c>fc6</c>, <c>fc7</c>, <c>score_fr</c>, and where they are <c>upscore2</c>, <c>score_pool4</c>, <c>upscore_pool4</c>, <c>score_pool3</c>, <c>upscore8</c> (<c>upscore16</c>, <c>upscore</c>), <c>predictions</c>.
    /// Enlargements begin as bilinear interpolation and the last one stays so (section 4.1 of the paper); layers of scores begin with zeros. The authors train FCN-32s first and go on from its weights.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, H, W, classes)</c>, every size.</para>
    /// <code>var net = FCN8s(classes: 2);</code>
    /// </remarks>
    [ZooModel("fcn8s")]
    public static Model FCN8s(string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, int classes = 21, ActivationFunction? classifierActivation = null, string? name = null) =>
        FCN("fcn8s", 8, new(IncludeTop: true, weights, inputTensor, inputShape ?? (null, null, 3), Pooling: null, classes, classifierActivation, name));

    private static Model FCN(string model, int stride, NetworkOptions options)
    {
        if (options.InputTensor is not null) options = options with { InputShape = null };
        var network = new Network(model, options, minimum: 1);
        var classes = options.Classes;
        var x = network.Input;
        var pools = new KerasTensor[6];
        for (var block = 1; block <= 5; block++)
        {
            for (var n = 1; n <= s_vggD[block - 1]; n++)
            {
                // So much that the whole of the smallest image is seen by fc6.
                var padding = block == 1 && n == 1 ? 100 : 1;
                x = Conv2D(s_vggFilters[block - 1], 3, padding: padding, activation: "relu", kernelInitializer: HeFanOut(), name: $"block{block}_conv{n}")(x);
            }
            x = MaxPooling2D(2, padding: "ceil", name: $"block{block}_pool")(x);
            pools[block] = x;
        }
        x = Dropout(0.5, name: "dropout6")(Conv2D(4096, 7, activation: "relu", kernelInitializer: HeFanOut(), name: "fc6")(x));
        x = Dropout(0.5, name: "dropout7")(Conv2D(4096, 1, activation: "relu", kernelInitializer: HeFanOut(), name: "fc7")(x));
        x = Score(x, "score_fr");
        if (stride <= 16) x = Join(Enlarge(x, "upscore2", 2), Score(pools[4], "score_pool4"), "pool4", offset: 5);
        if (stride <= 8) x = Join(Enlarge(x, "upscore_pool4", 2), Score(pools[3], "score_pool3"), "pool3", offset: 9);
        x = Enlarge(x, stride == 32 ? "upscore" : $"upscore{stride}", stride);
        x.Layer.Trainable = false;
        x = CropLike2D(stride switch { 32 => 19, 16 => 27, _ => 31 }, name: "crop")(x, network.Input);
        x = Activation(options.ClassifierActivation ?? "softmax", name: "predictions")(x);
        return network.Finish(x, new StateDictMap(("block{s}_conv{n}", "conv{s}_{n}"), ("{layer:*}", "{layer}")));

        KerasTensor Score(KerasTensor from, string name) => Conv2D(classes, 1, kernelInitializer: "zeros", name: name)(from);

        KerasTensor Enlarge(KerasTensor from, string name, int factor) => Conv2DTranspose(classes, 2 * factor, strides: factor, useBias: false, kernelInitializer: "bilinear", name: name)(from);

        KerasTensor Join(KerasTensor enlarged, KerasTensor scores, string pool, int offset) => Add(name: $"fuse_{pool}")(enlarged, CropLike2D(offset, name: $"score_{pool}c")(scores, enlarged));
    }
}
