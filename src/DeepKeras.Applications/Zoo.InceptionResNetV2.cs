using DeepKeras.Applications.Building;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// Inception-ResNet v2: Szegedy et al. 2016, figures 15 … 19, in the variant of the published TensorFlow network, which is also Keras's and, as PyTorch
// files, Cadene's and timm's: a stem as in Inception v3, 10, 20 and 10 blocks. PyTorch's has a gamma in each batch normalization, Keras's has none.
public static partial class Zoo
{
    private static readonly StateDictMap s_inceptionResNetV2Names = new(
        ("conv_7b", "conv2d_7b.conv"),
        ("conv_7b_bn", "conv2d_7b.bn"),
        ("conv{stage:*}_{part:*}", "conv2d_{stage}.{part}"),
        ("mixed_5b_branch3_{part:*}", "mixed_5b.branch3.1.{part}"),
        ("mixed_{stage:*}_branch{k}_{i}_{part:*}", "mixed_{stage}.branch{k}.{i-1}.{part}"),
        ("mixed_{stage:*}_branch{k}_{part:*}", "mixed_{stage}.branch{k}.{part}"),
        ("block35_{b}_conv", "repeat.{b-1}.conv2d"),
        ("block35_{b}_branch{k}_{i}_{part:*}", "repeat.{b-1}.branch{k}.{i-1}.{part}"),
        ("block35_{b}_branch{k}_{part:*}", "repeat.{b-1}.branch{k}.{part}"),
        ("block17_{b}_conv", "repeat_1.{b-1}.conv2d"),
        ("block17_{b}_branch{k}_{i}_{part:*}", "repeat_1.{b-1}.branch{k}.{i-1}.{part}"),
        ("block17_{b}_branch{k}_{part:*}", "repeat_1.{b-1}.branch{k}.{part}"),
        // The last of these blocks stands on its own.
        ("block8_10_conv", "block8.conv2d"),
        ("block8_10_branch{k}_{i}_{part:*}", "block8.branch{k}.{i-1}.{part}"),
        ("block8_10_branch{k}_{part:*}", "block8.branch{k}.{part}"),
        ("block8_{b}_conv", "repeat_2.{b-1}.conv2d"),
        ("block8_{b}_branch{k}_{i}_{part:*}", "repeat_2.{b-1}.branch{k}.{i-1}.{part}"),
        ("block8_{b}_branch{k}_{part:*}", "repeat_2.{b-1}.branch{k}.{part}"),
        ("predictions", "last_linear"));

    /// <summary>
    /// Inception-ResNet v2 (Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the impact of residual connections on learning", figure 15), for images
    /// of 299 × 299; 55,843,464 parameters.
    /// </summary>
    /// <inheritdoc cref="InceptionV4"/>
    /// <remarks>
    /// Layers <c>conv1a_conv</c> … <c>conv4a_relu</c>, <c>mixed_5b</c>, <c>block35_1</c> … <c>block35_10_ac</c>, <c>mixed_6a</c>, <c>block17_1</c> … <c>block17_20_ac</c>,
    /// <c>mixed_7a</c>, <c>block8_1</c> … <c>block8_10</c> (with <c>block35_1_branch1_2_conv</c>, <c>block35_1_mixed</c>, <c>block35_1_conv</c> … inside), <c>conv_7b</c>,
    /// <c>avg_pool</c>, <c>top_dropout</c>, <c>predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, H′, W′, 1536)</c> without the classifier, 8 × 8 for 299 × 299; H, W ≥ 75.</para>
    /// <code>var net = InceptionResNetV2(includeTop: false, weights: null, inputShape: (150, 150, 3), pooling: "avg");</code>
    /// </remarks>
    [ZooModel("inception_resnet_v2")]
    public static Model InceptionResNetV2(bool includeTop = true, string? weights = null, KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null)
    {
        var network = new Network("inception_resnet_v2", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name), size: 299, minimum: 75);
        var unit = new InceptionUnit();

        var x = unit.Valid(network.Input, "conv1a", 32, 3, strides: 2);
        x = unit.Valid(x, "conv2a", 32, 3);
        x = unit.Same(x, "conv2b", 64, 3);
        x = MaxPooling2D(3, 2, name: "pool3a")(x);
        x = unit.Valid(x, "conv3b", 80, 1);
        x = unit.Valid(x, "conv4a", 192, 3);
        x = MaxPooling2D(3, 2, name: "pool5a")(x);

        x = Concatenate(name: "mixed_5b")(
            unit.Same(x, "mixed_5b_branch0", 96, 1),
            unit.Chain(x, "mixed_5b_branch1", (48, 1), (64, 5)),
            unit.Chain(x, "mixed_5b_branch2", (64, 1), (96, 3), (96, 3)),
            PoolBranch(unit, x, "mixed_5b_branch3", 64));
        for (var b = 1; b <= 10; b++) x = InceptionResNetA(unit, x, $"block35_{b}");
        x = Concatenate(name: "mixed_6a")(
            unit.Valid(x, "mixed_6a_branch0", 384, 3, strides: 2),
            unit.Valid(unit.Chain(x, "mixed_6a_branch1", (256, 1), (256, 3)), "mixed_6a_branch1_3", 384, 3, strides: 2),
            MaxPooling2D(3, 2, name: "mixed_6a_pool")(x));
        for (var b = 1; b <= 20; b++) x = InceptionResNetB(unit, x, $"block17_{b}");
        x = Concatenate(name: "mixed_7a")(
            unit.Valid(unit.Chain(x, "mixed_7a_branch0", (256, 1)), "mixed_7a_branch0_2", 384, 3, strides: 2),
            unit.Valid(unit.Chain(x, "mixed_7a_branch1", (256, 1)), "mixed_7a_branch1_2", 288, 3, strides: 2),
            unit.Valid(unit.Chain(x, "mixed_7a_branch2", (256, 1), (288, 3)), "mixed_7a_branch2_3", 320, 3, strides: 2),
            MaxPooling2D(3, 2, name: "mixed_7a_pool")(x));
        for (var b = 1; b <= 9; b++) x = InceptionResNetC(unit, x, $"block8_{b}", scale: 0.2, activated: true);
        x = InceptionResNetC(unit, x, "block8_10", scale: 1, activated: false);

        x = Conv2D(1536, 1, useBias: false, name: "conv_7b")(x);
        x = BatchNormalization(momentum: 0.9, epsilon: 1e-3, name: "conv_7b_bn")(x);
        x = Activation("relu", name: "conv_7b_ac")(x);
        if (includeTop) x = network.PoolAndClassify(x, dropout: 0.2);
        return network.Finish(x, s_inceptionResNetV2Names, "last_linear.*");
    }

    // Figure 16.
    private static KerasTensor InceptionResNetA(InceptionUnit unit, KerasTensor x, string name) => InceptionResidual(x, name, scale: 0.17, activated: true, Concatenate(name: $"{name}_mixed")(
        unit.Same(x, $"{name}_branch0", 32, 1),
        unit.Chain(x, $"{name}_branch1", (32, 1), (32, 3)),
        unit.Chain(x, $"{name}_branch2", (32, 1), (48, 3), (64, 3))));

    // Figure 17.
    private static KerasTensor InceptionResNetB(InceptionUnit unit, KerasTensor x, string name) => InceptionResidual(x, name, scale: 0.1, activated: true, Concatenate(name: $"{name}_mixed")(
        unit.Same(x, $"{name}_branch0", 192, 1),
        unit.Chain(x, $"{name}_branch1", (128, 1), (160, (1, 7)), (192, (7, 1)))));

    // Figure 19.
    private static KerasTensor InceptionResNetC(InceptionUnit unit, KerasTensor x, string name, double scale, bool activated) => InceptionResidual(x, name, scale, activated, Concatenate(name: $"{name}_mixed")(
        unit.Same(x, $"{name}_branch0", 192, 1),
        unit.Chain(x, $"{name}_branch1", (192, 1), (224, (1, 3)), (256, (3, 1)))));

    // Section 3.3, figure 20: the residual is scaled down before it is added, or training of wide networks dies.
    private static KerasTensor InceptionResidual(KerasTensor x, string name, double scale, bool activated, KerasTensor branches)
    {
        var residual = Conv2D(x.Shape[^1]!.Value, 1, name: $"{name}_conv")(branches);
        if (scale != 1) residual = Rescaling(scale, name: $"{name}_scale")(residual);
        x = Add(name: name)(x, residual);
        return activated ? Activation("relu", name: $"{name}_ac")(x) : x;
    }
}
