using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Support;

/// <summary>The models of Golden/keras/make_keras_models.py, written in C#.</summary>
internal static class KerasModels
{
    public static Model Make(string name) => name switch
    {
        "lenet" => LeNet(),
        "stack" => Stack(),
        "graph" => Graph(),
        "chain" => Chain(),
        "nested" => Nested(),
        _ => new Sequential([new Dense(4), new Dense(2)], "unbuilt"),
    };

    public static Sequential LeNet() => new(
        [
            Input((32, 32, 1)),
            Conv2D(6, (5, 5), activation: "tanh"),
            AveragePooling2D((2, 2)),
            Conv2D(16, (5, 5), activation: "tanh"),
            AveragePooling2D((2, 2)),
            Flatten(),
            Dense(120, activation: "tanh"),
            Dense(84, activation: "tanh"),
            Dense(10, activation: "softmax"),
        ],
        "lenet");

    public static Sequential Stack() => new(
        [
            Input((8, 8, 1), name: "image"),
            Conv2D(2, 3, activation: "relu", padding: "same"),
            MaxPooling2D(2),
            BatchNormalization(),
            ZeroPadding2D(((1, 2), (3, 4))),
            Flatten(),
            Dropout(0.5),
            ReLU(),
            Dense(10, kernelRegularizer: new DeepKeras.Regularizers.L2(0.01), activation: "softmax", name: "a_rather_long_layer_name_to_be_cut"),
        ],
        "stack");

    public static Model Graph()
    {
        var (first, second) = (Input(8, name: "first"), Input(8, name: "second"));
        var shared = Dense(4, name: "shared");
        var (a, b) = (shared(first), shared(second));
        var both = Concatenate(name: "both")(a, b);
        var total = Add(name: "total")(a, b);
        return new Model([first, second], [Dense(1, activation: "sigmoid", name: "head")(both), total], "graph");
    }

    public static Model Chain()
    {
        var x = Input(8, name: "x");
        return new Model(x, Dense(2, name: "out")(Dense(4, name: "hidden")(x)), "chain");
    }

    public static Model Nested()
    {
        var x = Input(8, name: "x");
        var inner = new Sequential([Input(8, name: "inner_input"), Dense(4, name: "d1"), Dense(3, name: "d2")], "inner");
        var i = Input(3, name: "two_input");
        var two = new Model(i, [Dense(4, name: "left")(i), Dense(2, name: "right")(i)], "two_headed");
        var heads = two.Apply(inner.Apply(x)).Siblings;
        return new Model(x, [Dense(1, name: "top")(heads[0]), heads[1]], "nested");
    }
}
