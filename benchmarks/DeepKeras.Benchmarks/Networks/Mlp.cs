using static DeepKeras.Keras;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>The MNIST network 784-512-512-512-10 with dropout 0.2, 932,362 parameters, RMSprop.</summary>
internal sealed class Mlp : HandWrittenNetwork
{
    public override string Name => "mlp";

    public override long[] KerasShape => [784];

    public override Model BuildModel()
    {
        Sequential model =
        [
            Dense(512, activation: "relu", inputShape: 784),
            Dropout(0.2),
            Dense(512, activation: "relu"),
            Dropout(0.2),
            Dense(512, activation: "relu"),
            Dropout(0.2),
            Dense(10, activation: "softmax"),
        ];
        model.Compile(optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    public override nn.Module<Tensor, Tensor> BuildModules() => nn.Sequential(
        nn.Linear(784, 512),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(512, 512),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(512, 512),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(512, 10));

    public override optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules) => optim.RMSProp(modules.parameters(), 0.001, 0.9, 1e-7);
}
