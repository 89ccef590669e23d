using static DeepKeras.Keras;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>20-64-3: so little arithmetic that a step costs what the framework costs. Adam.</summary>
internal sealed class TinyMlp : HandWrittenNetwork
{
    public override string Name => "tiny";

    public override long[] KerasShape => [20];

    public override long Classes => 3;

    public override Model BuildModel()
    {
        Sequential model =
        [
            Dense(64, activation: "relu", inputShape: 20),
            Dense(3, activation: "softmax"),
        ];
        model.Compile(optimizer: "adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    public override nn.Module<Tensor, Tensor> BuildModules() => nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3));

    public override optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules) => optim.Adam(modules.parameters(), 0.001, 0.9, 0.999, 1e-7);
}
