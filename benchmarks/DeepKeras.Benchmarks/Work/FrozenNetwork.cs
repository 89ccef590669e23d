using DeepKeras.Applications;
using DeepKeras.Benchmarks.Networks;
using static DeepKeras.Keras;

namespace DeepKeras.Benchmarks.Work;

/// <summary>A network of the zoo without its classifier, frozen, and a new head of ten classes behind it; with its data.</summary>
internal sealed class FrozenNetwork
{
    public FrozenNetwork(Network network, int batch, int steps)
    {
        Base = Zoo.Create(network.Name, includeTop: false, inputShape: (224, 224, 3));
        Base.Trainable = false;
        var maps = Input(Base.Output.Shape.Slice(1, 3));
        Head = new Model([maps], [Dense(10, activation: "softmax")(GlobalAveragePooling2D()(maps))]);
        Whole = new Model([.. Base.Inputs], [Head.Apply(Base.Output)]);
        foreach (var model in new[] { Head, Whole }) model.Compile("sgd", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        Batch = batch;
        Images = torch.randn([(long)batch * steps, .. network.KerasShape]);
        Classes = torch.randint(0, 10, [(long)batch * steps], ScalarType.Int64);
    }

    public Model Base { get; }

    public Model Head { get; }

    public Model Whole { get; }

    public int Batch { get; }

    public Tensor Images { get; }

    public Tensor Classes { get; }
}
