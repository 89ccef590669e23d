using DeepKeras.Applications;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>A network of the zoo at 224 × 224 with its 1,000 classes, trained by SGD with momentum.</summary>
internal sealed class ZooNetwork(string name) : Network
{
    public override string Name => name;

    public override long[] KerasShape => [224, 224, 3];

    public override long Classes => 1000;

    public override Model BuildModel()
    {
        var model = Zoo.Create(name, inputShape: (224, 224, 3));
        model.Compile(optimizer: new SGD(0.01, momentum: 0.9), loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }
}
