using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Inception v3: Szegedy et al. 2016, "Rethinking the Inception architecture for computer vision", table 1. torchvision's variant, which is the published
// TensorFlow network: batch normalization with epsilon 0.001, an average that counts the border's zeros in the pooling branches.
public static partial class Zoo
{
    // What the files call Keras's mixed0 … mixed10.
    private static readonly string[] s_inceptionV3Blocks = ["5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c"];

    private static readonly StateDictMap s_inceptionV3Names = new(
    [
        .. s_inceptionV3Blocks.Select((block, i) => ($"mixed{i}_{{unit:*}}_conv", $"Mixed_{block}.{{unit}}.conv")),
        .. s_inceptionV3Blocks.Select((block, i) => ($"mixed{i}_{{unit:*}}_bn", $"Mixed_{block}.{{unit}}.bn")),
        ("conv3b_{part:*}", "Conv2d_3b_1x1.{part}"),
        ("conv{stage:*}_{part:*}", "Conv2d_{stage}_3x3.{part}"),
        ("aux_predictions", "AuxLogits.fc"),
        ("aux_conv{n}_{part:*}", "AuxLogits.conv{n}.{part}"),
        ("predictions", "fc"),
    ]);

    /// <summary>
    /// Inception v3 (Szegedy et al. 2016, "Rethinking the Inception architecture for computer vision"), for images of 299 × 299; 23,834,568 parameters,
    /// 27,161,264 with the auxiliary classifier. torchvision's variant.
    /// </summary>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (299, 299, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifiers tell apart.</param>
    /// <param name="classifierActivation">The classifiers' activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="auxiliaryOutputs">Whether the classifier behind <c>mixed7</c> is there, which brings gradients into the middle of the network; images must then be at least 299 × 299.</param>
    /// <param name="transformInput">
    /// Whether images that were shifted and scaled by ImageNet's means and deviations are brought to −1 … 1 first, as the network's published weights want
    /// them: by default exactly with <c>weights: "imagenet"</c>, as in torchvision.
    /// </param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>conv1a_conv</c> … <c>conv4a_relu</c>, <c>mixed0</c> … <c>mixed10</c> (with <c>mixed0_branch5x5_1_conv</c> … inside), <c>avg_pool</c>,
    /// <c>top_dropout</c>, <c>predictions</c>; <c>aux_predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, H′, W′, 2048)</c> without the classifier, 8 × 8 for 299 × 299; H, W ≥ 75.
    /// With the auxiliary output there are two, main and auxiliary. Both are trained on the same labels, usually with losses weighted by 1 and 0.4:</para>
    /// <code>var net = InceptionV3(weights: null, classes: 10, auxiliaryOutputs: true);
    /// net.Compile("rmsprop", "sparse_categorical_crossentropy", lossWeights: [1, 0.4]);
    /// net.Fit(images, [labels, labels]);
    /// var alone = new Model(net.Inputs[0], net.Outputs[0]);   // what is left after training</code>
    /// </remarks>
    [ZooModel("inception_v3")]
    public static Model InceptionV3(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null, bool auxiliaryOutputs = false, bool? transformInput = null)
    {
        // The auxiliary classifier's 5×5 windows find their first place in 17×17 maps.
        var network = new Network("inception_v3", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 299, minimum: auxiliaryOutputs ? 299 : 75);
        if (auxiliaryOutputs && !includeTop) throw Throw.AuxiliaryWithoutTop("inception_v3");
        var unit = new InceptionUnit(InceptionV3Filling);
        var outputs = new List<KerasTensor>();

        var x = transformInput ?? weights == PublishedWeights ? FromImageNetStatistics(network.Input) : network.Input;
        x = unit.Valid(x, "conv1a", 32, 3, strides: 2);
        x = unit.Valid(x, "conv2a", 32, 3);
        x = unit.Same(x, "conv2b", 64, 3);
        x = MaxPooling2D(3, 2, name: "pool1")(x);
        x = unit.Valid(x, "conv3b", 80, 1);
        x = unit.Valid(x, "conv4a", 192, 3);
        x = MaxPooling2D(3, 2, name: "pool2")(x);

        x = InceptionV3A(unit, x, "mixed0", pool: 32);
        x = InceptionV3A(unit, x, "mixed1", pool: 64);
        x = InceptionV3A(unit, x, "mixed2", pool: 64);
        x = InceptionV3ReductionA(unit, x, "mixed3");
        x = InceptionV3B(unit, x, "mixed4", narrow: 128);
        x = InceptionV3B(unit, x, "mixed5", narrow: 160);
        x = InceptionV3B(unit, x, "mixed6", narrow: 160);
        x = InceptionV3B(unit, x, "mixed7", narrow: 192);
        if (auxiliaryOutputs) outputs.Add(InceptionV3Auxiliary(network, unit, x));
        x = InceptionV3ReductionB(unit, x, "mixed8");
        x = InceptionV3C(unit, x, "mixed9");
        x = InceptionV3C(unit, x, "mixed10");
        if (includeTop) x = network.PoolAndClassify(x, dropout: 0.5, InceptionV3Filling(), UniformBias(x));
        return network.Finish([x, .. outputs], s_inceptionV3Names, "fc.*", "AuxLogits.*");
    }

    // Figure 5: the 5×5 window, and the same as two 3×3.
    private static KerasTensor InceptionV3A(InceptionUnit unit, KerasTensor x, string name, int pool)
    {
        var one = unit.Same(x, $"{name}_branch1x1", 64, 1);
        var five = unit.Chain(x, $"{name}_branch5x5", (48, 1), (64, 5));
        var three = unit.Chain(x, $"{name}_branch3x3dbl", (64, 1), (96, 3), (96, 3));
        return Concatenate(name: name)(one, five, three, InceptionV3Pool(unit, x, name, pool));
    }

    // Figure 10: half the size.
    private static KerasTensor InceptionV3ReductionA(InceptionUnit unit, KerasTensor x, string name)
    {
        var three = unit.Valid(x, $"{name}_branch3x3", 384, 3, strides: 2);
        var twice = unit.Valid(unit.Chain(x, $"{name}_branch3x3dbl", (64, 1), (96, 3)), $"{name}_branch3x3dbl_3", 96, 3, strides: 2);
        return Concatenate(name: name)(three, twice, MaxPooling2D(3, 2, name: $"{name}_pool")(x));
    }

    // Figure 6 with n = 7: rows and columns after one another.
    private static KerasTensor InceptionV3B(InceptionUnit unit, KerasTensor x, string name, int narrow)
    {
        var one = unit.Same(x, $"{name}_branch1x1", 192, 1);
        var seven = unit.Chain(x, $"{name}_branch7x7", (narrow, 1), (narrow, (1, 7)), (192, (7, 1)));
        var twice = unit.Chain(x, $"{name}_branch7x7dbl", (narrow, 1), (narrow, (7, 1)), (narrow, (1, 7)), (narrow, (7, 1)), (192, (1, 7)));
        return Concatenate(name: name)(one, seven, twice, InceptionV3Pool(unit, x, name, 192));
    }

    private static KerasTensor InceptionV3ReductionB(InceptionUnit unit, KerasTensor x, string name)
    {
        var three = unit.Valid(unit.Same(x, $"{name}_branch3x3_1", 192, 1), $"{name}_branch3x3_2", 320, 3, strides: 2);
        var seven = unit.Chain(x, $"{name}_branch7x7x3", (192, 1), (192, (1, 7)), (192, (7, 1)));
        seven = unit.Valid(seven, $"{name}_branch7x7x3_4", 192, 3, strides: 2);
        return Concatenate(name: name)(three, seven, MaxPooling2D(3, 2, name: $"{name}_pool")(x));
    }

    // Figure 7: rows and columns side by side.
    private static KerasTensor InceptionV3C(InceptionUnit unit, KerasTensor x, string name)
    {
        var one = unit.Same(x, $"{name}_branch1x1", 320, 1);
        var three = unit.Same(x, $"{name}_branch3x3_1", 384, 1);
        var twice = unit.Chain(x, $"{name}_branch3x3dbl", (448, 1), (384, 3));
        return Concatenate(name: name)(
            one,
            unit.Same(three, $"{name}_branch3x3_2a", 384, (1, 3)),
            unit.Same(three, $"{name}_branch3x3_2b", 384, (3, 1)),
            unit.Same(twice, $"{name}_branch3x3dbl_3a", 384, (1, 3)),
            unit.Same(twice, $"{name}_branch3x3dbl_3b", 384, (3, 1)),
            InceptionV3Pool(unit, x, name, 192));
    }

    private static KerasTensor InceptionV3Pool(InceptionUnit unit, KerasTensor x, string name, int filters) =>
        unit.Same(AveragePooling2D(3, 1, 1, name: $"{name}_pool")(x), $"{name}_branch_pool", filters, 1);

    private static KerasTensor InceptionV3Auxiliary(Network network, InceptionUnit unit, KerasTensor x)
    {
        x = AveragePooling2D(5, 3, name: "aux_pool")(x);
        x = unit.Same(x, "aux_conv0", 128, 1);
        x = unit.Valid(x, "aux_conv1", 768, 5);
        x = GlobalAveragePooling2D(name: "aux_avg_pool")(x);
        return network.Classify(x, new RandomNormal(0, 0.001), UniformBias(x), "aux_predictions");
    }

    private static RandomNormal InceptionV3Filling() => new(0, 0.1);
}
