using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Attribution;

/// <summary>The tiny CNN of Golden/attribution/make_attribution.py with PyTorch's weights, and what PyTorch computed with it.</summary>
internal static class ReferenceNet
{
    private static readonly JsonDocument s_numbers = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "attribution", "attribution.json")));

    /// <summary>Two images, (2, 8, 8, 3), float32.</summary>
    public static Tensor Images => Numbers("images");

    /// <summary>The classes that the net predicts.</summary>
    public static int[] Predicted => Classes("predicted");

    /// <summary>Other classes.</summary>
    public static int[] Other => Classes("other");

    /// <summary>A tensor of the fixture, float32.</summary>
    public static Tensor Numbers(string name)
    {
        using var wide = JsonFixture.Doubles(s_numbers.RootElement.GetProperty(name));
        return wide.to_type(ScalarType.Float32);
    }

    /// <summary>Four classes behind a softmax in the last Dense.</summary>
    public static Sequential Softmax() => WithWeights(new Sequential([.. Body(), Dense(4, activation: "softmax", name: "scores")]), "softmax_head");

    /// <summary>The same with the softmax as a layer of its own.</summary>
    public static Sequential SoftmaxLayer() => WithWeights(new Sequential([.. Body(), Dense(4, name: "scores"), Keras.Softmax(name: "probabilities")]), "softmax_head");

    /// <summary>The same without a softmax.</summary>
    public static Sequential Linear() => WithWeights(new Sequential([.. Body(), Dense(4, name: "scores")]), "softmax_head");

    /// <summary>One sigmoid unit.</summary>
    public static Sequential Sigmoid() => WithWeights(new Sequential([.. Body(), Dense(1, activation: "sigmoid", name: "score")]), "sigmoid_head");

    /// <summary>The body and the head as models inside a model.</summary>
    public static Model Nested()
    {
        var body = new Sequential([Input((8, 8, 3)), .. Body()], "body");
        var head = new Sequential([Input(45), Dropout(0.5), Dense(4, activation: "softmax", name: "scores")], "head");
        var x = Input((8, 8, 3), name: "photo");
        return WithWeights(new Model(x, head.Apply(body.Apply(x)), "outer"), "softmax_head");
    }

    private static Layer[] Body() =>
    [
        Conv2D(4, 3, padding: "same", activation: "relu", inputShape: (8, 8, 3), name: "conv1"),
        BatchNormalization(name: "bn"),
        Conv2D(5, 3, activation: "relu", name: "conv2"),
        MaxPooling2D(2, name: "pool"),
        Flatten(name: "flat"),
    ];

    private static T WithWeights<T>(T model, string head)
        where T : Model
    {
        // Batch normalisation's moving statistics come last among all weights of a model; layer by layer the order is simple.
        var queue = new Queue<JsonElement>([.. s_numbers.RootElement.GetProperty("body").EnumerateArray(), .. s_numbers.RootElement.GetProperty(head).EnumerateArray()]);
        foreach (var layer in Inspection.LayerReader.LayersOf(model))
        {
            layer.SetWeights([.. layer.Weights.Select(_ => JsonFixture.Doubles(queue.Dequeue()))]);
        }
        return model;
    }

    private static int[] Classes(string name) => [.. JsonFixture.Extents(s_numbers.RootElement.GetProperty(name)).Select(c => (int)c)];
}
