using DeepKeras.Applications.Building;
using DeepKeras.Initializers;
using DeepKeras.Serialization;

namespace DeepKeras.Applications;

// GoogLeNet: Szegedy et al. 2015, table 1. torchvision's variant, which follows the published TensorFlow network rather than the paper: batch
// normalization (epsilon 0.001) in place of local response normalization, 3×3 windows in the branch called "5×5", pools that round up.
public static partial class Zoo
{
    // Those of torchvision, by the name that all networks have them under.
    private const string PublishedWeights = "imagenet";

    /// <summary>
    /// GoogLeNet, also called Inception v1 (Szegedy et al. 2015, "Going deeper with convolutions", table 1); 6,624,904 parameters, 13,004,888 with the
    /// auxiliary classifiers. torchvision's variant: with batch normalization, and with 3×3 windows in the branch that the paper gives 5×5.
    /// </summary>
    /// <param name="includeTop">Whether the classifier is there.</param>
    /// <param name="weights">The name of a weight set, <c>"imagenet"</c>, the path of a weight file, or <see langword="null"/> for random weights.</param>
    /// <param name="inputTensor">What the network is put on; an input of its own by default.</param>
    /// <param name="inputShape">(height, width, channels) of the images: (224, 224, 3) by default, and free without the classifier.</param>
    /// <param name="pooling">Without the classifier: <c>"avg"</c>, <c>"max"</c>, or <see langword="null"/> for the feature maps themselves.</param>
    /// <param name="classes">How many classes the classifiers tell apart.</param>
    /// <param name="classifierActivation">The classifiers' activation, softmax by default; <c>"linear"</c> gives logits.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="auxiliaryOutputs">Whether the classifiers behind <c>inception4a</c> and <c>inception4d</c> are there, which bring gradients into the middle of the network.</param>
    /// <param name="transformInput">
    /// Whether images that were shifted and scaled by ImageNet's means and deviations are brought to −1 … 1 first, as the network's published weights want
    /// them: by default exactly with <c>weights: "imagenet"</c>, as in torchvision.
    /// </param>
    /// <exception cref="KerasException">The options contradict each other, the images are too small, or the weights do not fit or cannot be had.</exception>
    /// <remarks>
    /// Layers <c>conv1_conv</c> … <c>pool2</c>, <c>inception3a</c> … <c>inception5b</c> (with <c>inception3a_1x1_conv</c>, <c>inception3a_3x3_reduce_conv</c> … inside),
    /// <c>avg_pool</c>, <c>top_dropout</c>, <c>predictions</c>; <c>aux1_predictions</c>, <c>aux2_predictions</c>.
    /// <para><b>Shapes</b> <c>(N, H, W, 3) → (N, classes)</c>, or <c>(N, ⌈H / 32⌉, ⌈W / 32⌉, 1024)</c> without the classifier, for even sizes; H, W ≥ 32.
    /// With auxiliary outputs there are three: main, first, second. Each is trained on the same labels, and the paper weights their losses by 1, 0.3 and 0.3:</para>
    /// <code>var net = GoogLeNet(weights: null, classes: 10, auxiliaryOutputs: true);
    /// net.Compile("sgd", "sparse_categorical_crossentropy", lossWeights: [1, 0.3, 0.3]);
    /// net.Fit(images, [labels, labels, labels]);
    /// var alone = new Model(net.Inputs[0], net.Outputs[0]);   // what is left after training</code>
    /// </remarks>
    [ZooModel("googlenet")]
    public static Model GoogLeNet(bool includeTop = true, string? weights = "imagenet", KerasTensor? inputTensor = null, Shape? inputShape = null, string? pooling = null, int classes = 1000, ActivationFunction? classifierActivation = null, string? name = null, bool auxiliaryOutputs = false, bool? transformInput = null)
    {
        var network = new Network("googlenet", new(includeTop, weights, inputTensor, inputShape, pooling, classes, classifierActivation, name));
        if (auxiliaryOutputs && !includeTop) throw Throw.AuxiliaryWithoutTop("googlenet");
        var unit = new InceptionUnit(GoogLeNetFilling);
        var outputs = new List<KerasTensor>();

        var x = transformInput ?? weights == PublishedWeights ? FromImageNetStatistics(network.Input) : network.Input;
        x = unit.Same(x, "conv1", 64, 7, strides: 2);
        x = MaxPooling2D(3, 2, "ceil", name: "pool1")(x);
        x = unit.Same(x, "conv2", 64, 1);
        x = unit.Same(x, "conv3", 192, 3);
        x = MaxPooling2D(3, 2, "ceil", name: "pool2")(x);

        // #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj: the columns of table 1.
        x = InceptionV1(unit, x, "inception3a", 64, 96, 128, 16, 32, 32);
        x = InceptionV1(unit, x, "inception3b", 128, 128, 192, 32, 96, 64);
        x = MaxPooling2D(3, 2, "ceil", name: "pool3")(x);
        x = InceptionV1(unit, x, "inception4a", 192, 96, 208, 16, 48, 64);
        if (auxiliaryOutputs) outputs.Add(GoogLeNetAuxiliary(network, unit, x, "aux1"));
        x = InceptionV1(unit, x, "inception4b", 160, 112, 224, 24, 64, 64);
        x = InceptionV1(unit, x, "inception4c", 128, 128, 256, 24, 64, 64);
        x = InceptionV1(unit, x, "inception4d", 112, 144, 288, 32, 64, 64);
        if (auxiliaryOutputs) outputs.Add(GoogLeNetAuxiliary(network, unit, x, "aux2"));
        x = InceptionV1(unit, x, "inception4e", 256, 160, 320, 32, 128, 128);
        x = MaxPooling2D(2, 2, "ceil", name: "pool4")(x);
        x = InceptionV1(unit, x, "inception5a", 256, 160, 320, 32, 128, 128);
        x = InceptionV1(unit, x, "inception5b", 384, 192, 384, 48, 128, 128);
        if (includeTop) x = network.PoolAndClassify(x, dropout: 0.2, GoogLeNetFilling(), UniformBias(x));

        var names = new StateDictMap(
            ("aux{n}_conv", "aux{n}.conv.conv"),
            ("aux{n}_bn", "aux{n}.conv.bn"),
            ("aux{n}_fc1", "aux{n}.fc1"),
            ("aux{n}_predictions", "aux{n}.fc2"),
            ("conv{n}_{part:*}", "conv{n}.{part}"),
            ("{block:*}_1x1_{part:*}", "{block}.branch1.{part}"),
            ("{block:*}_3x3_reduce_{part:*}", "{block}.branch2.0.{part}"),
            ("{block:*}_3x3_{part:*}", "{block}.branch2.1.{part}"),
            ("{block:*}_5x5_reduce_{part:*}", "{block}.branch3.0.{part}"),
            ("{block:*}_5x5_{part:*}", "{block}.branch3.1.{part}"),
            ("{block:*}_pool_proj_{part:*}", "{block}.branch4.1.{part}"),
            ("predictions", "fc"));
        return network.Finish([x, .. outputs], names, "fc.*", "aux1.*", "aux2.*");
    }

    // Figure 2 (b): four branches, laid side by side.
    private static KerasTensor InceptionV1(InceptionUnit unit, KerasTensor x, string name, int one, int threeReduce, int three, int fiveReduce, int five, int poolProjection)
    {
        var branch1 = unit.Same(x, $"{name}_1x1", one, 1);
        var branch2 = unit.Same(unit.Same(x, $"{name}_3x3_reduce", threeReduce, 1), $"{name}_3x3", three, 3);
        // The published weights have 3×3 here, not the paper's 5×5.
        var branch3 = unit.Same(unit.Same(x, $"{name}_5x5_reduce", fiveReduce, 1), $"{name}_5x5", five, 3);
        var branch4 = unit.Same(MaxPooling2D(3, 1, 1, name: $"{name}_pool")(x), $"{name}_pool_proj", poolProjection, 1);
        return Concatenate(name: name)(branch1, branch2, branch3, branch4);
    }

    private static KerasTensor GoogLeNetAuxiliary(Network network, InceptionUnit unit, KerasTensor x, string name)
    {
        x = AdaptiveAveragePooling2D(4, name: $"{name}_pool")(x);
        x = unit.Same(x, name, 128, 1);
        x = Flatten(name: $"{name}_flatten")(x);
        x = Dense(1024, activation: "relu", kernelInitializer: GoogLeNetFilling(), biasInitializer: UniformBias(x), name: $"{name}_fc1")(x);
        x = Dropout(0.7, name: $"{name}_dropout")(x);
        return network.Classify(x, GoogLeNetFilling(), UniformBias(x), $"{name}_predictions");
    }

    private static RandomNormal GoogLeNetFilling() => new(0, 0.01);

    // From (pixel − mean) / deviation with ImageNet's means and deviations to pixels in −1 … 1.
    private static KerasTensor FromImageNetStatistics(KerasTensor images) => Rescaling(
        scale: [0.229 / 0.5, 0.224 / 0.5, 0.225 / 0.5],
        offset: [(0.485 - 0.5) / 0.5, (0.456 - 0.5) / 0.5, (0.406 - 0.5) / 0.5],
        name: "transform_input")(images);
}
