using DeepKeras.Data;
using DeepKeras.Layers;

namespace DeepKeras.Applications;

/// <summary>
/// A deep network that is trained layer by layer without labels: each layer is an autoencoder of what the layers below make of the data (Bengio et al. 2007, "Greedy layer-wise
/// training of deep networks"; with corruption Vincent et al. 2010, "Stacked denoising autoencoders"). What is trained then becomes a classifier or an autoencoder, to be trained as a whole.
/// </summary>
/// <remarks>
/// <code>
/// var stack = new StackedAutoencoder(784, [256, 64], corruption: 0.2);
/// stack.Pretrain(x, epochs: 10);                     // no labels
/// var net = stack.Classifier(10);                    // shares the layers
/// net.Compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
/// net.Fit(x, y, epochs: 5);                          // fine-tuning
/// </code>
/// </remarks>
public sealed class StackedAutoencoder
{
    private readonly Dense[] _encoders;
    private readonly Dense[] _decoders;
    private bool _isPretrained;

    /// <summary>Creates the layers, with random weights.</summary>
    /// <param name="features">Length of one sample's vector, at least 1.</param>
    /// <param name="units">Widths of the layers, from the first to the code.</param>
    /// <param name="activation">Activation of the encoding layers, sigmoid by default.</param>
    /// <param name="outputActivation">Activation of the lowest decoding layer, which gives the data back: sigmoid by default, for data from 0 to 1.</param>
    /// <param name="corruption">Share of the numbers that are hidden from each layer while it is pretrained, at least 0 and below 1; 0 by default. The others are divided by 1 − corruption, as in dropout.</param>
    /// <exception cref="KerasException">No layer is wanted or one without units, or an argument is out of range.</exception>
    public StackedAutoencoder(int features, IReadOnlyList<int> units, ActivationFunction? activation = null, ActivationFunction? outputActivation = null, double corruption = 0)
    {
        if (features < 1) throw Throw.AutoencoderShape(nameof(StackedAutoencoder), features, "vectors of at least 1 number");
        Zoo.CheckWidths(nameof(StackedAutoencoder), nameof(units), units);
        if (corruption is not (>= 0 and < 1)) throw Throw.Corruption(corruption);
        Features = features;
        Units = units;
        Corruption = corruption;
        activation ??= "sigmoid";
        _encoders = [.. units.Select((u, i) => new Dense(u, activation: activation, name: $"encoder_{i + 1}"))];
        // A decoder gives back what came in: the data, or the code of the layer below.
        _decoders = [.. units.Select((_, i) => i == 0
            ? new Dense(features, activation: outputActivation ?? "sigmoid", name: "reconstruction")
            : new Dense(units[i - 1], activation: activation, name: $"decoder_{i}"))];
        var input = Input(features, name: "data");
        var code = input;
        foreach (var layer in _encoders) code = layer.Apply(code);
        var output = code;
        for (var i = _decoders.Length - 1; i >= 0; i--) output = _decoders[i].Apply(output);
        Encoder = new Model([input], [code], "encoder");
        Autoencoder = new Model([input], [output], "autoencoder");
    }

    /// <summary>Length of one sample's vector.</summary>
    public int Features { get; }

    /// <summary>Widths of the layers, from the first to the code.</summary>
    public IReadOnlyList<int> Units { get; }

    /// <summary>Share of the numbers that are hidden from each layer while it is pretrained.</summary>
    public double Corruption { get; }

    /// <summary>From the data (N, features) to the code (N, last of the units).</summary>
    public Model Encoder { get; }

    /// <summary>From the data through the code back to the data; fine-tune it with <c>Fit(x, x)</c>.</summary>
    public Model Autoencoder { get; }

    /// <summary>Trains one layer after the other, each to give back what the trained layers below it make of the data.</summary>
    /// <param name="x">The data (N, features).</param>
    /// <param name="epochs">Passes over the data for each layer; 10 by default.</param>
    /// <param name="batchSize">Samples per step; 32 by default.</param>
    /// <param name="optimizer">Makes the optimizer of each layer; Adam by default.</param>
    /// <param name="loss">The distance between what came in and what comes back, <c>"mse"</c> by default; <c>"binary_crossentropy"</c> suits data from 0 to 1.</param>
    /// <param name="verbose">0 silent (default), 1 progress line, 2 one line per epoch.</param>
    /// <returns>The figures of each layer's training, the lowest first.</returns>
    /// <exception cref="KerasException">The data has another length than <see cref="Features"/>.</exception>
    public IReadOnlyList<History> Pretrain(TensorData x, int epochs = 10, int batchSize = 32, Func<Optimizer>? optimizer = null, Losses.Loss? loss = null, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        var histories = new List<History>();
        var data = x;
        for (var i = 0; i < _encoders.Length; i++)
        {
            var input = Input(i == 0 ? Features : Units[i - 1], name: $"level_{i + 1}");
            var seen = Corruption > 0 ? Dropout(Corruption, name: $"corruption_{i + 1}")(input) : input;
            var code = _encoders[i].Apply(seen);
            var level = new Model([input], [_decoders[i].Apply(code)], $"autoencoder_{i + 1}");
            level.Compile(optimizer?.Invoke() ?? new Adam(), loss ?? "mse");
            histories.Add(level.Fit(data, data, batchSize: batchSize, epochs: epochs, verbose: verbose));
            if (i < _encoders.Length - 1) data = new Model([input], [_encoders[i].Apply(input)], $"encoder_of_{i + 1}").Predict(data, batchSize: batchSize).Single;
        }
        _isPretrained = true;
        return histories;
    }

    /// <summary>A classifier on the code. It shares the encoding layers, so that training it goes on from what they have learnt.</summary>
    /// <param name="classes">How many classes are told apart, at least 1.</param>
    /// <param name="activation">The last activation, softmax by default.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="KerasException">The layers are not pretrained yet.</exception>
    /// <remarks><b>Shapes</b> <c>(N, features) → (N, classes)</c>.</remarks>
    public Model Classifier(int classes, ActivationFunction? activation = null, string? name = null)
    {
        if (!_isPretrained) throw Throw.NotPretrained();
        return new Model([Encoder.Input], [Dense(classes, activation: activation ?? "softmax", name: "predictions")(Encoder.Output)], name ?? "stacked_classifier");
    }
}
