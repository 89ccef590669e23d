using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>
/// The metric "accuracy" or "crossentropy": binary, sparse or categorical, as the shapes say. Keras never asks the loss, so neither does this.
/// </summary>
internal sealed class MetricByShape(string name, bool accuracy) : Metric(name)
{
    private Metric? _chosen;

    public override bool? HigherIsBetter => accuracy;

    public Metric Choose(Shape yTrue, Shape yPred) => (TargetKinds.Of(yTrue, yPred), accuracy) switch
    {
        (TargetKind.Binary, true) => new BinaryAccuracy(name: Name),
        (TargetKind.Binary, false) => new BinaryCrossentropy(name: Name),
        (TargetKind.ClassNumbers, true) => new SparseCategoricalAccuracy(Name),
        (TargetKind.ClassNumbers, false) => new SparseCategoricalCrossentropy(name: Name),
        (_, true) => new CategoricalAccuracy(Name),
        _ => new CategoricalCrossentropy(name: Name),
    };

    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        _chosen ??= Choose(Shape.Of(yTrue), Shape.Of(yPred));
        _chosen.Update(yTrue, yPred, sampleWeight);
    }

    public override Tensor Result() => _chosen?.Result() ?? torch.zeros([]);

    public override void Reset() => _chosen?.Reset();
}
