using static DeepKeras.Keras;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>The CIFAR-10 network of four convolutions, 1,250,858 parameters, RMSprop.</summary>
internal sealed class CifarCnn : HandWrittenNetwork
{
    public override string Name => "cifar";

    public override long[] KerasShape => [32, 32, 3];

    public override long[] TorchShape => [3, 32, 32];

    public override Model BuildModel()
    {
        Sequential model =
        [
            Conv2D(32, 3, padding: "same", activation: "relu", inputShape: (32, 32, 3)),
            Conv2D(32, 3, activation: "relu"),
            MaxPooling2D(2),
            Dropout(0.25),
            Conv2D(64, 3, padding: "same", activation: "relu"),
            Conv2D(64, 3, activation: "relu"),
            MaxPooling2D(2),
            Dropout(0.25),
            Flatten(),
            Dense(512, activation: "relu"),
            Dropout(0.5),
            Dense(10, activation: "softmax"),
        ];
        model.Compile(optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    public override nn.Module<Tensor, Tensor> BuildModules() => nn.Sequential(
        nn.Conv2d(3, 32, 3L, 1L, 1L),
        nn.ReLU(),
        nn.Conv2d(32, 32, 3L),
        nn.ReLU(),
        nn.MaxPool2d(2L),
        nn.Dropout(0.25),
        nn.Conv2d(32, 64, 3L, 1L, 1L),
        nn.ReLU(),
        nn.Conv2d(64, 64, 3L),
        nn.ReLU(),
        nn.MaxPool2d(2L),
        nn.Dropout(0.25),
        nn.Flatten(),
        nn.Linear(2304, 512),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(512, 10));

    public override optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules) => optim.RMSProp(modules.parameters(), 0.001, 0.9, 1e-7);
}
