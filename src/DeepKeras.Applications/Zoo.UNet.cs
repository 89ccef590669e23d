using DeepKeras.Applications.Building;

namespace DeepKeras.Applications;

// U-Net: Ronneberger, Fischer and Brox 2015, "U-Net: convolutional networks for biomedical image segmentation", figure 1.
public static partial class Zoo
{
    /// <summary>
    /// U-Net (Ronneberger et al. 2015, figure 1): an arm that halves the maps and doubles their number, an arm that enlarges them again, and at every level a bridge.
    /// 31,030,658 parameters in the paper's sizes, for gray images and two classes (31,030,593 with one).
    /// </summary>
    /// <param name="inputShape">(height, width, channels); any size with 1 channel by default. The paper's is (572, 572, 1).</param>
    /// <param name="classes">How many classes each pixel is told apart into; 1 gives one probability with a sigmoid.</param>
    /// <param name="depth">How often the maps are halved, at least 1; the paper's 4.</param>
    /// <param name="filters">Filters of the first level, at least 1; the paper's 64. Each level below has twice as many.</param>
    /// <param name="padding"><c>"same"</c> (default): the output has the size of the image; <c>"valid"</c>, the paper's: convolutions lose their edges, bridges are cut, the output is smaller.</param>
    /// <param name="upSampling"><c>"transpose"</c> (default, the paper's up-convolution: a transposed 2 × 2 convolution of stride 2), or <c>"nearest"</c> or <c>"bilinear"</c> enlargement followed by a 2 × 2 convolution.</param>
    /// <param name="batchNormalization">Whether each 3 × 3 convolution is normalized before its ReLU (and then has no bias); the paper has none.</param>
    /// <param name="dropout">Share dropped at the end of the contracting path, in its last two levels; 0.5 is what the authors' network has.</param>
    /// <param name="weights">The path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="classifierActivation">The last activation: softmax over the classes, or sigmoid where there is one; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">An option is none of these, or the image cannot be halved so often.</exception>
    /// <remarks>
    /// Layers <c>down1_conv1</c>, <c>down1_conv2</c>, <c>down1_pool</c> …, <c>bottom_conv1</c>, <c>bottom_conv2</c>, then from the lowest level up <c>up4_up</c>, <c>up4_crop</c> ("valid"), <c>up4_concat</c>, <c>up4_conv1</c>, <c>up4_conv2</c> …, <c>predictions</c>.
    /// Kernels are drawn from a normal distribution of deviation √(2 / N), N the incoming connections (section 3 of the paper).
    /// <para><b>Shapes</b> <c>(N, H, W, C) → (N, H, W, classes)</c> with "same", H and W divisible by 2^depth; with "valid" (N, 572, 572, 1) → (N, 388, 388, 2).</para>
    /// <code>var net = UNet(inputShape: (256, 256, 1), classes: 1, depth: 3, filters: 32);</code>
    /// </remarks>
    [ZooModel("unet")]
    public static Model UNet(Shape? inputShape = null, int classes = 2, int depth = 4, int filters = 64, string padding = "same", string upSampling = "transpose", bool batchNormalization = false, double dropout = 0.5, string? weights = null, KerasTensor? inputTensor = null, ActivationFunction? classifierActivation = null, string? name = null)
    {
        if (depth is < 1 or > 10) throw Throw.UNetOption(nameof(depth), "from 1 to 10", depth);
        if (filters < 1) throw Throw.UNetOption(nameof(filters), "at least 1", filters);
        if (padding is not ("same" or "valid")) throw Throw.UNetOption(nameof(padding), "\"same\" or \"valid\"", $"\"{padding}\"");
        if (upSampling is not ("transpose" or "nearest" or "bilinear")) throw Throw.UNetOption(nameof(upSampling), "\"transpose\", \"nearest\" or \"bilinear\"", $"\"{upSampling}\"");
        if (dropout is not (>= 0 and < 1)) throw Throw.UNetOption(nameof(dropout), "at least 0 and below 1", dropout);
        var network = new Network("unet", new(IncludeTop: true, weights, inputTensor, inputTensor is null ? inputShape ?? (null, null, 1) : inputShape, Pooling: null, classes, classifierActivation, name), minimum: 1 << depth);
        var image = network.Input.Shape;
        if (padding == "same" && (image[1] % (1 << depth) > 0 || image[2] % (1 << depth) > 0)) throw Throw.UNetSize(image.Slice(1, 3), 1 << depth);

        var x = network.Input;
        var bridges = new Stack<KerasTensor>();
        for (var level = 1; level <= depth; level++)
        {
            x = Twice(x, $"down{level}", filters << (level - 1));
            if (dropout > 0 && level == depth) x = Dropout(dropout, name: $"down{level}_dropout")(x);
            bridges.Push(x);
            x = MaxPooling2D(2, name: $"down{level}_pool")(x);
        }
        x = Twice(x, "bottom", filters << depth);
        if (dropout > 0) x = Dropout(dropout, name: "bottom_dropout")(x);
        for (var level = depth; level >= 1; level--)
        {
            var bridge = bridges.Pop();
            x = Enlarge(x, $"up{level}_up", filters << (level - 1));
            if (padding == "valid") bridge = CropLike2D(name: $"up{level}_crop")(bridge, x);
            x = Twice(Concatenate(name: $"up{level}_concat")(bridge, x), $"up{level}", filters << (level - 1));
        }
        var activation = classifierActivation ?? (classes == 1 ? "sigmoid" : "softmax");
        return network.Finish(Conv2D(classes, 1, activation: activation, kernelInitializer: HeFanIn(), name: "predictions")(x));

        KerasTensor Twice(KerasTensor from, string block, int width) => Convolve(Convolve(from, $"{block}_conv1", width), $"{block}_conv2", width);

        KerasTensor Convolve(KerasTensor from, string layer, int width)
        {
            if (!batchNormalization) return Conv2D(width, 3, padding: padding, activation: "relu", kernelInitializer: HeFanIn(), name: layer)(from);
            from = Conv2D(width, 3, padding: padding, useBias: false, kernelInitializer: HeFanIn(), name: layer)(from);
            return NormalizeAndRectify(from, layer);
        }

        KerasTensor Enlarge(KerasTensor from, string layer, int width) => upSampling == "transpose"
            ? Conv2DTranspose(width, 2, strides: 2, activation: "relu", kernelInitializer: HeFanIn(), name: layer)(from)
            : Conv2D(width, 2, padding: "same", activation: "relu", kernelInitializer: HeFanIn(), name: $"{layer}_conv")(UpSampling2D(2, interpolation: upSampling, name: layer)(from));
    }
}
