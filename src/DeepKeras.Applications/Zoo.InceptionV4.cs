using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Inception v4: Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the impact of residual connections on learning", figures 3 … 9. The variant of the
// published TensorFlow network, whose weights Cadene's and timm's PyTorch files hold: batch normalization with epsilon 0.001, averages over real cells only.
public static partial class Zoo
{
    private static readonly StateDictMap s_inceptionV4Names = new(
        ("conv{n}_{part:*}", "features.{n-1}.{part}"),
        ("mixed3a_{part:*}", "features.3.conv.{part}"),
        ("mixed5a_{part:*}", "features.5.conv.{part}"),
        ("mixed4a_branch{k}_{i}_{part:*}", "features.4.branch{k}.{i-1}.{part}"),
        ("inception_a{b}_branch3_{part:*}", "features.{b+5}.branch3.1.{part}"),
        ("inception_a{b}_branch{k}_{i}_{part:*}", "features.{b+5}.branch{k}.{i-1}.{part}"),
        ("inception_a{b}_branch{k}_{part:*}", "features.{b+5}.branch{k}.{part}"),
        ("reduction_a_branch{k}_{i}_{part:*}", "features.10.branch{k}.{i-1}.{part}"),
        ("reduction_a_branch{k}_{part:*}", "features.10.branch{k}.{part}"),
        ("inception_b{b}_branch3_{part:*}", "features.{b+10}.branch3.1.{part}"),
        ("inception_b{b}_branch{k}_{i}_{part:*}", "features.{b+10}.branch{k}.{i-1}.{part}"),
        ("inception_b{b}_branch{k}_{part:*}", "features.{b+10}.branch{k}.{part}"),
        ("reduction_b_branch{k}_{i}_{part:*}", "features.18.branch{k}.{i-1}.{part}"),
        ("inception_c{b}_branch3_{part:*}", "features.{b+18}.branch3.1.{part}"),
        ("inception_c{b}_{unit:*}_conv", "features.{b+18}.{unit}.conv"),
        ("inception_c{b}_{unit:*}_bn", "features.{b+18}.{unit}.bn"),
        ("predictions", "last_linear"));

    /// <summary>
    /// Inception v4 (Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the impact of residual connections on learning", figure 9), for images of
    /// 299 × 299; 42,679,816 parameters.
    /// </summary>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (299, 299, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifier tells apart.</param>
    /// <param name="classifierActivation">The classifier's activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>conv1_conv</c> … <c>conv3_relu</c>, <c>mixed3a</c>, <c>mixed4a</c>, <c>mixed5a</c>, <c>inception_a1</c> … <c>inception_a4</c>, <c>reduction_a</c>,
    /// <c>inception_b1</c> … <c>inception_b7</c>, <c>reduction_b</c>, <c>inception_c1</c> … <c>inception_c3</c> (with <c>inception_a1_branch1_2_conv</c> … inside),
    /// <c>avg_pool</c>, <c>top_dropout</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, H′, W′, 1536)</c> without the classifier, 8 × 8 for 299 × 299; H, W ≥ 75.</para>
    /// <code>var net = InceptionV4(includeTop: false, weights: null, inputShape: (150, 150, 3), pooling: "avg");</code>
    /// </remarks>
    [ZooModel("inception_v4")]
    public static Model InceptionV4(bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null)
    {
        var network = new Network("inception_v4", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 299, minimum: 75);
        var unit = new InceptionUnit();

        var x = InceptionV4Stem(unit, network.Input);
        for (var b = 1; b <= 4; b++) x = InceptionV4A(unit, x, $"inception_a{b}");
        x = InceptionV4ReductionA(unit, x, "reduction_a");
        for (var b = 1; b <= 7; b++) x = InceptionV4B(unit, x, $"inception_b{b}");
        x = InceptionV4ReductionB(unit, x, "reduction_b");
        for (var b = 1; b <= 3; b++) x = InceptionV4C(unit, x, $"inception_c{b}");
        if (includeTop) x = network.PoolAndClassify(x, dropout: 0.2);
        return network.Finish(x, s_inceptionV4Names, "last_linear.*");
    }

    // Figure 3: to 35 × 35 × 384.
    private static KerasTensor InceptionV4Stem(InceptionUnit unit, KerasTensor x)
    {
        x = unit.Valid(x, "conv1", 32, 3, strides: 2);
        x = unit.Valid(x, "conv2", 32, 3);
        x = unit.Same(x, "conv3", 64, 3);
        x = Concatenate(name: "mixed3a")(MaxPooling2D(3, 2, name: "mixed3a_pool")(x), unit.Valid(x, "mixed3a", 96, 3, strides: 2));
        var branch0 = unit.Valid(unit.Same(x, "mixed4a_branch0_1", 64, 1), "mixed4a_branch0_2", 96, 3);
        var branch1 = unit.Valid(unit.Chain(x, "mixed4a_branch1", (64, 1), (64, (1, 7)), (64, (7, 1))), "mixed4a_branch1_4", 96, 3);
        x = Concatenate(name: "mixed4a")(branch0, branch1);
        return Concatenate(name: "mixed5a")(unit.Valid(x, "mixed5a", 192, 3, strides: 2), MaxPooling2D(3, 2, name: "mixed5a_pool")(x));
    }

    // Figure 4.
    private static KerasTensor InceptionV4A(InceptionUnit unit, KerasTensor x, string name) => Concatenate(name: name)(
        unit.Same(x, $"{name}_branch0", 96, 1),
        unit.Chain(x, $"{name}_branch1", (64, 1), (96, 3)),
        unit.Chain(x, $"{name}_branch2", (64, 1), (96, 3), (96, 3)),
        PoolBranch(unit, x, $"{name}_branch3", 96));

    // Figure 7 with k, l, m, n = 192, 224, 256, 384.
    private static KerasTensor InceptionV4ReductionA(InceptionUnit unit, KerasTensor x, string name) => Concatenate(name: name)(
        unit.Valid(x, $"{name}_branch0", 384, 3, strides: 2),
        unit.Valid(unit.Chain(x, $"{name}_branch1", (192, 1), (224, 3)), $"{name}_branch1_3", 256, 3, strides: 2),
        MaxPooling2D(3, 2, name: $"{name}_pool")(x));

    // Figure 5.
    private static KerasTensor InceptionV4B(InceptionUnit unit, KerasTensor x, string name) => Concatenate(name: name)(
        unit.Same(x, $"{name}_branch0", 384, 1),
        unit.Chain(x, $"{name}_branch1", (192, 1), (224, (1, 7)), (256, (7, 1))),
        unit.Chain(x, $"{name}_branch2", (192, 1), (192, (7, 1)), (224, (1, 7)), (224, (7, 1)), (256, (1, 7))),
        PoolBranch(unit, x, $"{name}_branch3", 128));

    // Figure 8.
    private static KerasTensor InceptionV4ReductionB(InceptionUnit unit, KerasTensor x, string name) => Concatenate(name: name)(
        unit.Valid(unit.Chain(x, $"{name}_branch0", (192, 1)), $"{name}_branch0_2", 192, 3, strides: 2),
        unit.Valid(unit.Chain(x, $"{name}_branch1", (256, 1), (256, (1, 7)), (320, (7, 1))), $"{name}_branch1_4", 320, 3, strides: 2),
        MaxPooling2D(3, 2, name: $"{name}_pool")(x));

    // Figure 6. The steps count from 0, and their two sides are a and b, as in the files.
    private static KerasTensor InceptionV4C(InceptionUnit unit, KerasTensor x, string name)
    {
        var once = unit.Same(x, $"{name}_branch1_0", 384, 1);
        var twice = unit.Same(x, $"{name}_branch2_0", 384, 1);
        twice = unit.Same(twice, $"{name}_branch2_1", 448, (3, 1));
        twice = unit.Same(twice, $"{name}_branch2_2", 512, (1, 3));
        return Concatenate(name: name)(
            unit.Same(x, $"{name}_branch0", 256, 1),
            unit.Same(once, $"{name}_branch1_1a", 256, (1, 3)),
            unit.Same(once, $"{name}_branch1_1b", 256, (3, 1)),
            unit.Same(twice, $"{name}_branch2_3a", 256, (1, 3)),
            unit.Same(twice, $"{name}_branch2_3b", 256, (3, 1)),
            PoolBranch(unit, x, $"{name}_branch3", 256));
    }

    // "same" averages over the cells that are there.
    private static KerasTensor PoolBranch(InceptionUnit unit, KerasTensor x, string name, int filters) =>
        unit.Same(AveragePooling2D(3, 1, "same", name: $"{name}_pool")(x), name, filters, 1);
}
