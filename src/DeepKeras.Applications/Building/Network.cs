using DeepKeras.Initializers;
using DeepKeras.Applications.Pretrained;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Building;

/// <summary>What all networks of the zoo begin and end with: the input, the classifier or the pooling in its place, the weights.</summary>
internal sealed class Network
{
    private readonly string _model;
    private readonly NetworkOptions _options;

    /// <param name="model">The network's name in <see cref="Zoo.ListModels"/>.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="size">Height and width of the images it was made for.</param>
    /// <param name="minimum">The smallest height and width that its strides leave something of.</param>
    /// <param name="channels">Channels of the images it was made for.</param>
    public Network(string model, NetworkOptions options, int size = 224, int minimum = 32, int channels = 3)
    {
        _model = model;
        _options = options;
        if (options.Classes < 1) throw Throw.Classes(model, options.Classes);
        if (options.Pooling is not (null or "avg" or "max")) throw Throw.PoolingName(model, options.Pooling);
        if (options is { IncludeTop: true, Pooling: not null }) throw Throw.PoolingWithTop(model);
        Input = MakeInput(size, channels);
        var shape = Input.Shape;
        if (shape.Rank != 4) throw Throw.ImageShape(model, shape.Slice(1, shape.Rank - 1), size);
        if (shape[1] < minimum || shape[2] < minimum) throw Throw.SmallImages(model, shape.Slice(1, 2), minimum);
    }

    /// <summary>Where the images come in: (N, H, W, C).</summary>
    public KerasTensor Input { get; }

    /// <summary>Whether the classifier is wanted.</summary>
    public bool IncludeTop => _options.IncludeTop;

    /// <summary>The last layer of a classifier: features (N, C) to class probabilities (N, classes).</summary>
    /// <param name="features">What the classes are told from.</param>
    /// <param name="initializer">How the kernel is filled; <c>glorot_uniform</c> where null.</param>
    /// <param name="biases">How the biases are filled; zeros where null.</param>
    /// <param name="name">The layer's name.</param>
    public KerasTensor Classify(KerasTensor features, Initializer? initializer = null, Initializer? biases = null, string name = "predictions") =>
        Dense(_options.Classes, activation: _options.ClassifierActivation ?? "softmax", kernelInitializer: initializer, biasInitializer: biases, name: name)(features);

    /// <summary>Global average pooling and <see cref="Classify"/>, the top of most networks since Inception.</summary>
    /// <param name="maps">Feature maps (N, H, W, C).</param>
    /// <param name="dropout">Share of the features dropped in training.</param>
    /// <param name="initializer">How the kernel is filled; <c>glorot_uniform</c> where null.</param>
    /// <param name="biases">How the biases are filled; zeros where null.</param>
    public KerasTensor PoolAndClassify(KerasTensor maps, double dropout = 0, Initializer? initializer = null, Initializer? biases = null)
    {
        var x = GlobalAveragePooling2D(name: "avg_pool")(maps);
        if (dropout > 0) x = Dropout(dropout, name: "top_dropout")(x);
        return Classify(x, initializer, biases);
    }

    /// <summary>Makes the model.</summary>
    /// <param name="output">The class probabilities, or the last feature maps where there is no classifier.</param>
    /// <param name="names">The names of its layers in PyTorch's weight files.</param>
    /// <param name="headKeys">Keys of the classifier in those files, which a network without one leaves aside.</param>
    public Model Finish(KerasTensor output, StateDictMap? names = null, params string[] headKeys) => Finish([output], names, headKeys);

    /// <summary>Makes the model with several outputs, the main one first.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="names">The names of its layers in PyTorch's weight files.</param>
    /// <param name="headKeys">Keys of the classifier in those files, which a network without one leaves aside.</param>
    public Model Finish(IReadOnlyList<KerasTensor> outputs, StateDictMap? names = null, params string[] headKeys)
    {
        var last = _options.Pooling switch
        {
            "avg" => GlobalAveragePooling2D(name: "avg_pool")(outputs[0]),
            "max" => GlobalMaxPooling2D(name: "max_pool")(outputs[0]),
            _ => outputs[0],
        };
        var model = new Model([.. Source(Input)], [last, .. outputs.Skip(1)], _options.Name ?? _model);
        if (names is not null) new WeightNames(names, headKeys) { Network = _model }.KeepFor(model);
        if (_options.Weights is { } wanted)
        {
            var set = WeightStore.Resolve(_model, wanted);
            var known = WeightNames.Of(model) ?? throw Throw.NoWeightNames(_model);
            (known with { Set = set }).KeepFor(model);
            _ = set?.LoadInto(model) ?? model.LoadPretrained(wanted);
        }
        return model;
    }

    private KerasTensor MakeInput(int size, int channels)
    {
        if (_options.InputTensor is { } tensor)
        {
            if (_options.InputShape is { } shape && shape != tensor.Shape.Slice(1, tensor.Shape.Rank - 1)) throw Throw.InputTwice(_model, shape, tensor.Shape);
            return tensor;
        }
        if (_options.InputShape is { Rank: not 3 } wrong) throw Throw.ImageShape(_model, wrong, size);
        return Input(_options.InputShape ?? (_options.IncludeTop ? (size, size, channels) : (null, null, channels)));
    }

    // The tensors that a tensor is computed from and that data enters by; the tensor itself where it is an input.
    private static IEnumerable<KerasTensor> Source(KerasTensor tensor) =>
        tensor.Sources.Count == 0 ? [tensor] : tensor.Sources.SelectMany(Source).Distinct();
}
