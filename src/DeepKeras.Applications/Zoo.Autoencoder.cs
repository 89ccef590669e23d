namespace DeepKeras.Applications;

// Autoencoders: Hinton and Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks". Layer by layer they are trained by StackedAutoencoder.
public static partial class Zoo
{
    /// <summary>
    /// A network of dense layers that learns to give its input back through a narrow middle, the code (Hinton and Salakhutdinov 2006).
    /// Train it with the data as input and as target: <c>net.Fit(x, x)</c>.
    /// </summary>
    /// <param name="inputShape">Shape of one sample, without the batch axis, of any rank: <c>784</c> or <c>(28, 28, 1)</c>.</param>
    /// <param name="units">Widths from the first encoding layer to the code; the decoder mirrors them.</param>
    /// <param name="activation">Activation of all layers but the last, ReLU by default.</param>
    /// <param name="outputActivation">The last activation: sigmoid by default, for data from 0 to 1; <c>"linear"</c> for any.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">No layer is wanted or one without units, or the shape is not known.</exception>
    /// <remarks>
    /// Layers <c>flatten</c>, <c>encoder_1</c> …, <c>code</c>, <c>decoder_1</c> …, <c>reconstruction</c> and, for images, <c>images</c>. <c>new Model(net.Input, net.GetLayer("code").Output)</c> is the encoder.
    /// <para><b>Shapes</b> <c>(N, …) → (N, …)</c>.</para>
    /// <code>var net = DenseAutoencoder(784, [128, 64, 32]);   // 222,384 parameters</code>
    /// </remarks>
    public static Model DenseAutoencoder(Shape inputShape, IReadOnlyList<int> units, ActivationFunction? activation = null, ActivationFunction? outputActivation = null, string? name = null)
    {
        const string model = "dense_autoencoder";
        ArgumentNullException.ThrowIfNull(inputShape);
        CheckWidths(model, nameof(units), units);
        if (inputShape.Rank < 1 || inputShape.ElementCount is not { } features) throw Throw.AutoencoderShape(model, inputShape, "a shape whose extents are all known");
        activation ??= "relu";
        var input = Input(inputShape);
        var x = inputShape.Rank == 1 ? input : Flatten(name: "flatten")(input);
        for (var i = 0; i < units.Count; i++) x = Dense(units[i], activation: activation, name: i == units.Count - 1 ? "code" : $"encoder_{i + 1}")(x);
        for (var i = units.Count - 2; i >= 0; i--) x = Dense(units[i], activation: activation, name: $"decoder_{units.Count - 1 - i}")(x);
        x = Dense(features, activation: outputActivation ?? "sigmoid", name: "reconstruction")(x);
        if (inputShape.Rank > 1) x = Reshape(inputShape, name: "images")(x);
        return new Model([input], [x], name ?? model);
    }

    /// <summary>
    /// A network of convolutions that learns to give images back through small maps, the code: each level of the encoder halves the maps, each of the decoder doubles them.
    /// Train it with the images as input and as target, or with noisy images as input.
    /// </summary>
    /// <param name="inputShape">(height, width, channels); height and width divisible by 2 to the power of the number of levels.</param>
    /// <param name="filters">Filters of each level from the first to the code; the decoder mirrors them.</param>
    /// <param name="outputActivation">The last activation: sigmoid by default, for images from 0 to 1; <c>"linear"</c> for any.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">No layer is wanted or one without filters, or the images cannot be halved so often.</exception>
    /// <remarks>
    /// Layers <c>encoder_1</c>, <c>encoder_1_pool</c> …, <c>code</c> (the last pool), <c>decoder_1</c>, <c>decoder_1_up</c> …, <c>reconstruction</c>; all convolutions are 3 × 3 with "same" padding.
    /// <para><b>Shapes</b> <c>(N, H, W, C) → (N, H, W, C)</c>.</para>
    /// <code>var net = ConvolutionalAutoencoder((32, 32, 1), [16, 8]);</code>
    /// </remarks>
    public static Model ConvolutionalAutoencoder(Shape inputShape, IReadOnlyList<int> filters, ActivationFunction? outputActivation = null, string? name = null)
    {
        const string model = "convolutional_autoencoder";
        ArgumentNullException.ThrowIfNull(inputShape);
        CheckWidths(model, nameof(filters), filters);
        var factor = 1L << filters.Count;
        if (inputShape.Rank != 3 || inputShape[2] is not { } channels || inputShape[0] % factor > 0 || inputShape[1] % factor > 0)
        {
            throw Throw.AutoencoderShape(model, inputShape, $"images of (height, width, channels) with height and width divisible by {factor}");
        }
        var input = Input(inputShape);
        var x = input;
        for (var i = 1; i <= filters.Count; i++)
        {
            x = Conv2D(filters[i - 1], 3, padding: "same", activation: "relu", name: $"encoder_{i}")(x);
            x = MaxPooling2D(2, name: i == filters.Count ? "code" : $"encoder_{i}_pool")(x);
        }
        for (var i = 1; i <= filters.Count; i++)
        {
            x = Conv2D(filters[^i], 3, padding: "same", activation: "relu", name: $"decoder_{i}")(x);
            x = UpSampling2D(2, name: $"decoder_{i}_up")(x);
        }
        x = Conv2D(channels, 3, padding: "same", activation: outputActivation ?? "sigmoid", name: "reconstruction")(x);
        return new Model([input], [x], name ?? model);
    }

    internal static void CheckWidths(string model, string option, IReadOnlyList<int> widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count == 0 || widths.Any(w => w < 1)) throw Throw.AutoencoderLayers(model, option);
    }
}
