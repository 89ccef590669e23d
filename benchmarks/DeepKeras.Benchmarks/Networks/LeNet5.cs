using static DeepKeras.Keras;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>LeNet-5 on 32×32 grey images, 61,706 parameters, plain SGD.</summary>
internal sealed class LeNet5 : HandWrittenNetwork
{
    public override string Name => "lenet";

    public override long[] KerasShape => [32, 32, 1];

    public override long[] TorchShape => [1, 32, 32];

    public override Model BuildModel()
    {
        Sequential model =
        [
            Conv2D(6, 5, activation: "tanh", inputShape: (32, 32, 1)),
            AveragePooling2D(2),
            Conv2D(16, 5, activation: "tanh"),
            AveragePooling2D(2),
            Flatten(),
            Dense(120, activation: "tanh"),
            Dense(84, activation: "tanh"),
            Dense(10, activation: "softmax"),
        ];
        model.Compile(optimizer: "sgd", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    public override nn.Module<Tensor, Tensor> BuildModules() => nn.Sequential(
        nn.Conv2d(1, 6, 5L),
        nn.Tanh(),
        nn.AvgPool2d(2L),
        nn.Conv2d(6, 16, 5L),
        nn.Tanh(),
        nn.AvgPool2d(2L),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Tanh(),
        nn.Linear(120, 84),
        nn.Tanh(),
        nn.Linear(84, 10));

    public override optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules) => optim.SGD(modules.parameters(), 0.01);
}
