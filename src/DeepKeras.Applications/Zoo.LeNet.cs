using System.Numerics;
using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// LeNet-5: LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", figure 2; layers bear the paper's names.
public static partial class Zoo
{
    // The paper's table I: which maps of S2 each map of C3 sees.
    private static readonly int[][] s_leNetTable =
    [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ];

    /// <summary>
    /// LeNet-5 as it is taught (after LeCun et al. 1998): tanh, plain average pooling, every map of C3 sees all of S2, softmax instead of radial basis functions; 61,706 parameters.
    /// <see cref="LeNet5Of1998"/> is the paper's own.
    /// </summary>
    /// <param name="includeTop">Whether the classifier (layers of 120, 84 and the classes) is there.</param>
    /// <param name="weights">The name of a weight set (<c>"fashion_mnist"</c>), the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (32, 32, 1) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>c1</c>, <c>s2</c>, <c>c3</c>, <c>s4</c>, <c>flatten</c>, <c>c5</c>, <c>f6</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, 32, 32, 1) → (N, classes)</c>, or (N, 5, 5, 16) without the classifier; H, W ≥ 16.</para>
    /// <code>var net = LeNet5(weights: "fashion_mnist");</code>
    /// </remarks>
    [ZooModel("lenet5")]
    public static Model LeNet5(bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 10, ActivationFunction? classifierActivation = null, string? name = null)
    {
        var network = new Network("lenet5", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 32, minimum: 16, channels: 1);
        var x = Conv2D(6, 5, activation: "tanh", name: "c1")(network.Input);
        x = AveragePooling2D(2, name: "s2")(x);
        x = Conv2D(16, 5, activation: "tanh", name: "c3")(x);
        x = AveragePooling2D(2, name: "s4")(x);
        if (network.IncludeTop)
        {
            x = Flatten(name: "flatten")(x);
            x = Dense(120, activation: "tanh", name: "c5")(x);
            x = Dense(84, activation: "tanh", name: "f6")(x);
            x = network.Classify(x);
        }
        return network.Finish(
            x,
            new StateDictMap(("c{n}", "c{n}"), ("f6", "f6"), ("predictions", "predictions")),
            "c5.*",
            "f6.*",
            "predictions.*");
    }

    /// <summary>
    /// LeNet-5 of the paper (LeCun et al. 1998, section II.B): 60,000 trained parameters, with subsampling layers that learn a coefficient and a bias per map, the partial connections
    /// of table I, the squashing function 1.7159 · tanh(⅔ a), and fixed codes in the output layer.
    /// </summary>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="classes">How many classes are told apart, at most 127.</param>
    /// <param name="classifierActivation">The last activation, softmax by default; <c>"linear"</c> gives 2 x · c.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The images are not of (32, 32, 1) or larger, or there are too many classes.</exception>
    /// <remarks>
    /// What differs from the paper: its output units are distances y = Σ (x − c)² of F6 to codes c of ±1, and the least one is the answer. All codes have the same length, so that softmax(−y) = softmax(2 x · c), and that is
    /// what <c>predictions</c> computes, with the fixed kernel 2c; cross-entropy on it is the paper's criterion (equation 9) without the constant of its "rubbish" class. The codes are not its drawings of characters
    /// but words of an error-correcting (Hadamard) code, which the paper names as a choice. S2 and S4 take means where the paper has sums: the coefficient is four times as large.
    /// <para>Layers <c>c1</c>, <c>s2</c>, <c>s2_scale</c>, one <c>c3_map0</c> … <c>c3_map15</c> per map, <c>c3</c>, <c>s4</c>, <c>s4_scale</c>, <c>c5</c>, <c>flatten</c>, <c>f6</c>, <c>predictions</c>; each squashing is three layers, <c>c1_slope</c>, <c>c1_tanh</c>, <c>c1_amplitude</c>.</para>
    /// <para><b>Shapes</b> <c>(N, 32, 32, 1) → (N, classes)</c>.</para>
    /// <code>var net = LeNet5Of1998();</code>
    /// </remarks>
    [ZooModel("lenet5_1998")]
    public static Model LeNet5Of1998(KerasTensor? inputTensor = null, int classes = 10, ActivationFunction? classifierActivation = null, string? name = null)
    {
        if (classes > 127) throw Throw.CodesOfLeNet(classes);
        var network = new Network("lenet5_1998", new(IncludeTop: true, Weights: null, inputTensor, InputShape: null, Pooling: null, classes, classifierActivation, name), size: 32, minimum: 32, channels: 1);
        var x = Squash(Conv2D(6, 5, kernelInitializer: LeCunUniform(25), name: "c1")(network.Input), "c1");
        x = Subsample(x, "s2");
        KerasTensor[] maps = [.. Enumerable.Range(0, 6).Select(m => ChannelOf(x, m, 6))];
        KerasTensor[] seen = [.. s_leNetTable.Select((sources, m) => Conv2D(1, 5, kernelInitializer: LeCunUniform(25 * sources.Length), name: $"c3_map{m}")(Concatenate(name: $"c3_in{m}")([.. sources.Select(s => maps[s])])))];
        x = Squash(Concatenate(name: "c3")(seen), "c3");
        x = Subsample(x, "s4");
        x = Squash(Conv2D(120, 5, kernelInitializer: LeCunUniform(400), name: "c5")(x), "c5");
        x = Flatten(name: "flatten")(x);
        x = Squash(Dense(84, kernelInitializer: LeCunUniform(120), name: "f6")(x), "f6");
        x = Dense(classes, activation: classifierActivation ?? "softmax", useBias: false, kernelInitializer: new Constant(Codes(84, classes)), name: "predictions")(x);
        x.Layer.Trainable = false;
        return network.Finish(x);
    }

    // A mean with a trained coefficient and bias per map: a 1 × 1 convolution of each map alone.
    private static KerasTensor Subsample(KerasTensor x, string name) =>
        Squash(DepthwiseConv2D(1, depthwiseInitializer: LeCunUniform(4), name: $"{name}_scale")(AveragePooling2D(2, name: name)(x)), name);

    // Equation 6 with S = 2/3, A = 1.7159 (appendix A).
    private static KerasTensor Squash(KerasTensor x, string name) =>
        Rescaling(1.7159, name: $"{name}_amplitude")(Activation("tanh", name: $"{name}_tanh")(Rescaling(2.0 / 3, name: $"{name}_slope")(x)));

    // To a layer that takes its images as (N, C, H, W), the channels are the columns.
    private static KerasTensor ChannelOf(KerasTensor x, int channel, int channels) =>
        Cropping2D(new Padding2D(0, 0, channel, channels - 1 - channel), dataFormat: "channels_first", name: $"c3_from{channel}")(x);

    /// <summary>Uniform within 2.4 / (incoming connections), the paper's appendix A.</summary>
    private static RandomUniform LeCunUniform(int fanIn) => new(-2.4 / fanIn, 2.4 / fanIn);

    // 2 · (−1)^(number of bits that j and the class have in common): rows 1, 2, … of a Hadamard matrix, cut to 84 columns.
    private static Numbers Codes(int length, int classes) =>
        new(Enumerable.Range(0, length).SelectMany(j => Enumerable.Range(1, classes).Select(c => BitOperations.PopCount((uint)(j & c)) % 2 == 0 ? 2.0 : -2.0)), new Shape(length, classes));
}
