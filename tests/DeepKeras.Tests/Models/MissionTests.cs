using DeepKeras;
using DeepKeras.Layers;            // new Dense(10)  → the class
using static DeepKeras.Keras;      // Dense(10)      → the call

namespace DeepKeras.Tests.Models;

/// <summary>The code that DeepKeras exists for, nearly word for word; only the data is made up here.</summary>
public class MissionTests
{
    [Test]
    public void Lenet5_is_written_as_in_Keras_and_has_the_lecture_s_shapes()
    {
        // LeNet-5, simplified
        var model = new Sequential();
        model.Add(Conv2D(6, (5, 5), activation: "tanh", inputShape: (32, 32, 1)));
        model.Add(AveragePooling2D(poolSize: (2, 2)));
        model.Add(Conv2D(16, (5, 5), activation: "tanh"));
        model.Add(AveragePooling2D(poolSize: (2, 2)));
        model.Add(Flatten());
        model.Add(Dense(120, activation: "tanh"));
        model.Add(Dense(84, activation: "tanh"));
        model.Add(Dense(10, activation: "softmax"));
        model.Compile(loss: "categorical_crossentropy", optimizer: "sgd");

        model.Layers.Select(l => l.Output.Shape.ToString()).Should().Equal(
            "(None, 28, 28, 6)", "(None, 14, 14, 6)", "(None, 10, 10, 16)", "(None, 5, 5, 16)", "(None, 400)", "(None, 120)", "(None, 84)", "(None, 10)");
        model.CountParams().Should().Be(61_706);
        var (x, y) = Images(32, 1, 10);
        var before = model.Evaluate(x, y, verbose: 0)[0];
        model.Fit(x, y, epochs: 20, verbose: 0);
        model.Evaluate(x, y, verbose: 0)[0].Should().BeLessThan(before);
    }

    [Test]
    public void Heatmaps_are_read_by_a_second_model_that_shares_the_layers()
    {
        var (x, y) = Images(32, 1, 10);
        // Functional API and heatmaps: train model1, read the maps with model2 (they share layers and weights)
        var inp = Input(shape: (32, 32, 1));
        var t1  = Conv2D(6, (5, 5), activation: "tanh")(inp);
        var t   = AveragePooling2D(poolSize: (2, 2))(t1);
        t       = Flatten()(t);
        var t2  = Dense(10, activation: "softmax")(t);
        var model1 = new Model(inputs: [inp], outputs: [t2]);
        var model2 = new Model(inputs: [inp], outputs: [t2, t1]);
        model1.Compile(loss: "categorical_crossentropy", optimizer: "sgd");
        model2.Compile(loss: "categorical_crossentropy", optimizer: "sgd");
        model1.Fit(x, y, verbose: 0);  var maps = model2.Predict(x);

        maps[1].shape.Should().Equal(16, 28, 28, 6);
        Tensor alone = model1.Predict(x);
        Same(maps[0], alone).Should().BeTrue("both models run the same layers");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_pretrained_net_is_cut_frozen_and_fine_tuned(bool sequential)
    {
        var modelPre = sequential ? PretrainedSequential() : PretrainedFunctional();
        var (x, _) = Images(32, 1, 10);
        var y = torch.randint(0, 2, [16, 1]).to_type(ScalarType.Float32);
        // Pretraining → fine-tuning: cut the net at a layer, put a new head on it, freeze, go on
        var ft = Dense(1, activation: "sigmoid")(modelPre.Layers[^2].Output);
        var modelFt = new Model(inputs: [modelPre.Input], outputs: [ft]);
        foreach (var layer in modelPre.Layers[..6]) layer.Trainable = false;
        modelFt.Compile(loss: "binary_crossentropy", optimizer: "sgd");

        var frozen = modelPre.Layers[1].Weights.Concat(modelPre.Layers[0].Weights).Select(w => (w, w.ToTensor())).ToList();
        var head = modelFt.Layers[^1].Weights[0].ToTensor();
        modelFt.Fit(x, y, verbose: 0);
        frozen.Should().NotBeEmpty();
        frozen.Should().OnlyContain(p => Same(p.Item1.ToTensor(), p.Item2));
        Same(modelFt.Layers[^1].Weights[0].ToTensor(), head).Should().BeFalse("the new head learns");
    }

    [Test]
    public void The_MNIST_perceptron_trains_with_validation_and_is_evaluated()
    {
        var xTrain = torch.rand(256, 784);
        var xTest = torch.rand(128, 784);
        var yTrain = torch.randint(0, 10, [256]);
        var yTest = ToCategorical(torch.randint(0, 10, [128]), 10);
        Sequential model =
        [
            Dense(512, activation: "relu", inputShape: 784), Dropout(0.2),
            Dense(512, activation: "relu"), Dropout(0.2),
            Dense(512, activation: "relu"), Dropout(0.2),
            Dense(10, activation: "softmax"),
        ];
        model.CountParams().Should().Be(932_362);
        var console = Console.Out;
        using var screen = new StringWriter();
        Console.SetOut(screen);
        try
        {
            // MNIST MLP (seed 001): to_categorical, Dropout, RMSprop, summary, fit with validation data, evaluate
            yTrain = ToCategorical(yTrain, 10);
            model.Summary();                    // the layer table, total / trainable / non-trainable params
            model.Compile(loss: "categorical_crossentropy", optimizer: new RMSprop(), metrics: ["accuracy"]);
            var history = model.Fit(xTrain, yTrain, batchSize: 128, epochs: 10, verbose: 1, validationData: (xTest, yTest));
            var score = model.Evaluate(xTest, yTest, verbose: 0);   // score[0] loss, score[1] accuracy

            history.Keys.Should().Equal("accuracy", "loss", "val_accuracy", "val_loss");
            history["loss"].Should().HaveCount(10);
            history["val_loss"][^1].Should().BeApproximately(score[0], 1e-5);
            history["val_accuracy"][^1].Should().BeApproximately(score[1], 1e-6);
        }
        finally
        {
            Console.SetOut(console);
        }
        screen.ToString().Should().Contain("Total params: 932,362").And.Contain("Epoch 10/10").And.Contain("val_accuracy");
    }

    private static Model PretrainedFunctional()
    {
        var inp = Input(shape: (32, 32, 1));
        var t = Conv2D(6, (5, 5), activation: "tanh")(inp);
        t = AveragePooling2D(poolSize: (2, 2))(t);
        t = Conv2D(16, (5, 5), activation: "tanh")(t);
        t = AveragePooling2D(poolSize: (2, 2))(t);
        var t1 = Flatten()(t);
        t = Dense(10, activation: "softmax")(t1);
        return new Model(inputs: [inp], outputs: [t]);
    }

    private static Sequential PretrainedSequential() =>
    [
        Conv2D(6, (5, 5), activation: "tanh", inputShape: (32, 32, 1)),
        AveragePooling2D(poolSize: (2, 2)),
        Conv2D(16, (5, 5), activation: "tanh"),
        AveragePooling2D(poolSize: (2, 2)),
        Flatten(),
        Dense(84, activation: "tanh"),
        Dense(10, activation: "softmax"),
    ];

    private static (Tensor X, Tensor Y) Images(int size, int channels, int classes) =>
        (torch.rand([16, size, size, channels]), ToCategorical(torch.arange(16).remainder(classes), classes));
}
