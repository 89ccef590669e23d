using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <summary>A row of the table.</summary>
/// <param name="Name">What <c>--case</c> filters by.</param>
/// <param name="Title">What the table says.</param>
/// <param name="Network">Name of the architecture.</param>
/// <param name="Mode">What a step is.</param>
/// <param name="Batch">Rows per step.</param>
/// <param name="Steps">Steps per epoch, so few that an epoch is over within some tenths of a second.</param>
/// <param name="FasterThanPyTorch">How many times as fast as PyTorch DeepKeras should be; 0 where nothing is promised.</param>
/// <param name="TimesTheLoop">What share of the bare modules' time DeepKeras may take; 0 where nothing is promised.</param>
internal sealed record Case(string Name, string Title, string Network, Mode Mode, int Batch, int Steps, double FasterThanPyTorch = 0, double TimesTheLoop = 0) : IMeasured
{
    /// <summary>Every row, in order.</summary>
    public static readonly Case[] All =
    [
        new("lenet-32", "LeNet-5, training", "lenet", Mode.Train, 32, 64, 1.2, 1.03),
        new("lenet-128", "LeNet-5, training", "lenet", Mode.Train, 128, 20, 1.2, 1.03),
        new("mlp-128", "MLP 784-512-512-512-10, training", "mlp", Mode.Train, 128, 20, 1.1, 1.03),
        new("cifar-64", "CIFAR-10 CNN, training", "cifar", Mode.Train, 64, 5, 1.1, 1.03),
        new("tiny-32", "MLP 20-64-3, training", "tiny", Mode.Train, 32, 500, 0, 1.15),
        new("lstm-32", "LSTM 128, 100 steps, training", "lstm", Mode.Train, 32, 8),
        new("gru-32", "GRU 128, 100 steps, training", "gru", Mode.Train, 32, 8),
        new("lenet-predict", "LeNet-5, predict", "lenet", Mode.Predict, 256, 16),
        new("mlp-predict", "MLP 784-512-512-512-10, predict", "mlp", Mode.Predict, 256, 32),
        new("cifar-predict", "CIFAR-10 CNN, predict", "cifar", Mode.Predict, 256, 2),
        new("tiny-predict", "MLP 20-64-3, predict", "tiny", Mode.Predict, 1024, 64),
        new("lstm-predict", "LSTM 128, 100 steps, predict", "lstm", Mode.Predict, 128, 4),
        new("gru-predict", "GRU 128, 100 steps, predict", "gru", Mode.Predict, 128, 4),
        new("lenet-row", "LeNet-5, predict one row", "lenet", Mode.Row, 1, 400, 0, 3),
        new("mlp-row", "MLP 784-512-512-512-10, predict one row", "mlp", Mode.Row, 1, 400, 0, 3),
        new("cifar-row", "CIFAR-10 CNN, predict one row", "cifar", Mode.Row, 1, 50, 0, 3),
        new("tiny-row", "MLP 20-64-3, predict one row", "tiny", Mode.Row, 1, 2000, 0, 3),
    ];

    /// <summary>Networks of the zoo at 224 × 224.</summary>
    public static readonly Case[] Networks =
    [
        .. OfZoo("vgg16", "VGG16"),
        .. OfZoo("resnet50", "ResNet-50"),
        .. OfZoo("densenet121", "DenseNet-121"),
        .. OfZoo("inception_v3", "Inception v3"),
    ];

    /// <summary>A network whose base is frozen: what the step costs beside the forward pass of the base and a step of the head.</summary>
    public static readonly Case[] FrozenBases =
    [
        new("vgg16-frozen-1", "VGG16, head on a frozen base", "vgg16", Mode.Frozen, 1, 4, TimesTheLoop: 1.1),
        new("vgg16-frozen-8", "VGG16, head on a frozen base", "vgg16", Mode.Frozen, 8, 1, TimesTheLoop: 1.1),
    ];

    public string Command => "work";

    public string Script => "torch_bench.py";

    public string[] Engines => Mode == Mode.Frozen ? [Engine.Loop, Engine.Fit] : Array.Exists(Networks, c => c.Network == Network) ? [Engine.PyTorch, Engine.Fit] : Engine.All;

    public string[] Arguments(int threads, double warmUp) =>
    [
        "--network", Network,
        "--mode", Mode.ToString().ToLowerInvariant(),
        "--batch", Batch.ToString(CultureInfo.InvariantCulture),
        "--steps", Steps.ToString(CultureInfo.InvariantCulture),
        "--threads", threads.ToString(CultureInfo.InvariantCulture),
        "--warm-up", warmUp.ToString(CultureInfo.InvariantCulture),
    ];

    private static Case[] OfZoo(string network, string title) =>
    [
        new($"{network}-train-1", $"{title}, training", network, Mode.Train, 1, 4, 1.1),
        new($"{network}-train-8", $"{title}, training", network, Mode.Train, 8, 1, 1.1),
        new($"{network}-predict-1", $"{title}, predict", network, Mode.Predict, 1, 8, 1.4),
        new($"{network}-predict-8", $"{title}, predict", network, Mode.Predict, 8, 2, 1.4),
    ];
}
