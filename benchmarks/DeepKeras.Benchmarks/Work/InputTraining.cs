using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary>The CIFAR-10 network trained from the files by <c>Fit</c>; one of the workers augments, the others decode.</summary>
internal sealed class InputTraining(string folder, int size, int batch, int workers) : InputWork(folder, size, batch, Math.Max(1, workers - 1), augment: true, augmentingWorkers: 1)
{
    private readonly Model _model = Compile();
    private double _waited;

    public override void Run() => _waited += _model.Fit(Batches, epochs: 1, verbose: 0).DataWaitSeconds;

    public override double TakeWaitedSeconds()
    {
        var waited = _waited;
        _waited = 0;
        return waited;
    }

    private static Model Compile()
    {
        var model = new CifarCnn().BuildModel();
        // The files' classes are numbers.
        model.Compile(optimizer: "rmsprop", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }
}
