using System.Runtime.InteropServices;
using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>What training makes small. A string converts to it: <c>loss: "categorical_crossentropy"</c>.</summary>
/// <remarks>A loss of one's own overrides <see cref="Call"/>; ranks, element types, weights and the reduction are the base's work.</remarks>
public abstract class Loss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs; by default the class name in snake case.</param>
    protected Loss(Reduction reduction = default, string? name = null)
    {
        Reduction = reduction;
        Name = name ?? Naming.ToSnakeCase(GetType().Name);
    }

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>How per-sample values become one number.</summary>
    public Reduction Reduction { get; }

    /// <summary>Whether targets are class numbers, which stay integers instead of taking the predictions' element type.</summary>
    protected internal virtual bool TargetsAreClasses => false;

    /// <summary>One value per sample (and per position, where targets have more axes).</summary>
    /// <param name="yTrue">Targets, of the predictions' element type (class numbers: int64).</param>
    /// <param name="yPred">Predictions, of a rank already made equal to the targets'.</param>
    public abstract Tensor Call(Tensor yTrue, Tensor yPred);

    /// <summary>The loss of a batch: ranks aligned as Keras does, then <see cref="Call"/>, weighted and reduced.</summary>
    /// <param name="yTrue">Targets; (N) and (N, 1) are the same.</param>
    /// <param name="yPred">Predictions.</param>
    /// <param name="sampleWeight">A factor per sample (or per position), or one for all. The mean still divides by the number of elements.</param>
    /// <param name="mask">True where a prediction counts; the mean then divides by the number of those.</param>
    /// <returns>A scalar, or one value per sample with <c>reduction: "none"</c>.</returns>
    /// <exception cref="KerasException">The shapes do not fit together, or a class number is out of range.</exception>
    public virtual Tensor Compute(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var (givenTrue, givenPred) = (yTrue, yPred);
        try
        {
            Alignment.Prepare(ref yTrue, ref yPred, TargetsAreClasses);
            if (sampleWeight is null && mask is null && Reduction.IsMean && Mean(yTrue, yPred) is { } mean) return mean;
            var values = Call(yTrue, yPred);
            if (Valid(yTrue, yPred, values) is { } valid) mask = mask is null ? valid : Alignment.And(mask, valid);
            return Reduction.Reduce(values, sampleWeight, mask);
        }
        catch (ExternalException failure)
        {
            // Torch's own words name neither the loss nor the cause; these do.
            CheckShapes(Shape.Of(givenTrue), Shape.Of(givenPred), "yPred");
            CheckTargets(givenTrue, Shape.Of(givenPred), "yPred");
            throw Throw.LossFailed(this, Shape.Of(givenTrue), Shape.Of(givenPred), sampleWeight is null ? null : Shape.Of(sampleWeight), failure);
        }
    }

    /// <summary>The values before weights and reduction, for a metric.</summary>
    internal virtual Tensor Values(Tensor yTrue, Tensor yPred, out Tensor? valid)
    {
        Alignment.Prepare(ref yTrue, ref yPred, TargetsAreClasses);
        var values = Call(yTrue, yPred);
        valid = Valid(yTrue, yPred, values);
        return values;
    }

    /// <summary>Refuses targets that cannot belong to an output of this shape. Called once, before training.</summary>
    /// <param name="yTrue">The targets' shape, with the batch axis.</param>
    /// <param name="yPred">The output's shape, with the batch axis.</param>
    /// <param name="outputName">The output's name, for the error.</param>
    /// <exception cref="KerasException">They do not fit.</exception>
    public virtual void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
    }

    /// <summary>Refuses class numbers outside of the output's classes. Called once, on all targets, before training.</summary>
    /// <param name="yTrue">All targets.</param>
    /// <param name="yPred">The output's shape, with the batch axis.</param>
    /// <param name="outputName">The output's name, for the error.</param>
    /// <exception cref="KerasException">A class number is out of range.</exception>
    public virtual void CheckTargets(Tensor yTrue, Shape yPred, string outputName)
    {
    }

    /// <summary>The mean over all elements in one call, for losses that torch has as one fused operation; <see langword="null"/> otherwise.</summary>
    /// <param name="yTrue">As for <see cref="Call"/>.</param>
    /// <param name="yPred">As for <see cref="Call"/>.</param>
    protected virtual Tensor? Mean(Tensor yTrue, Tensor yPred) => null;

    /// <summary>True where a value takes part in the mean; <see langword="null"/> when all do.</summary>
    /// <param name="yTrue">As for <see cref="Call"/>.</param>
    /// <param name="yPred">As for <see cref="Call"/>.</param>
    /// <param name="values">What <see cref="Call"/> gave.</param>
    protected virtual Tensor? Valid(Tensor yTrue, Tensor yPred, Tensor values) => null;

    /// <summary>The loss of that name, with its defaults; <c>"crossentropy"</c> and <c>"ce"</c> choose by the shapes.</summary>
    public static implicit operator Loss(string name) =>
        name is "crossentropy" or "ce" ? new CrossentropyByShape(name) : Catalog<Loss>.Create("loss", name);
}
