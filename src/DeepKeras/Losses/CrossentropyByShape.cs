namespace DeepKeras.Losses;

/// <summary>The loss "crossentropy" or "ce": binary, sparse or categorical, as the shapes say (see <see cref="TargetKind"/>). One object may serve several outputs, so it chooses per call.</summary>
internal sealed class CrossentropyByShape(string name) : Loss(default, name)
{
    private readonly BinaryCrossentropy _binary = new();
    private readonly SparseCategoricalCrossentropy _sparse = new();
    private readonly CategoricalCrossentropy _categorical = new();

    public override Tensor Call(Tensor yTrue, Tensor yPred) => Choose(Shape.Of(yTrue), Shape.Of(yPred)).Call(yTrue, yPred);

    public override Tensor Compute(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null, Tensor? mask = null) =>
        Choose(Shape.Of(yTrue), Shape.Of(yPred)).Compute(yTrue, yPred, sampleWeight, mask);

    internal override Tensor Values(Tensor yTrue, Tensor yPred, out Tensor? valid) => Choose(Shape.Of(yTrue), Shape.Of(yPred)).Values(yTrue, yPred, out valid);

    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName) => Choose(yTrue, yPred).CheckShapes(yTrue, yPred, outputName);

    public override void CheckTargets(Tensor yTrue, Shape yPred, string outputName) => Choose(Shape.Of(yTrue), yPred).CheckTargets(yTrue, yPred, outputName);

    private Loss Choose(Shape yTrue, Shape yPred) => TargetKinds.Of(yTrue, yPred) switch
    {
        TargetKind.Binary => _binary,
        TargetKind.ClassNumbers => _sparse,
        _ => _categorical,
    };
}
