using DeepKeras.Callbacks;
using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>Everything that a run of <c>Fit</c> goes on from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Compiled">Optimizer and running figures.</param>
/// <param name="Callbacks">The callbacks.</param>
/// <param name="Batches">The place in the training data.</param>
/// <param name="Validation">What is validated on.</param>
internal sealed record TrainingState(Model Model, Compiled Compiled, CallbackList Callbacks, BatchReader Batches, Dataset<Batch>? Validation)
{
    /// <summary>The epoch at work, from 0.</summary>
    public int Epoch { get; set; }

    /// <summary>How many steps of it are done.</summary>
    public int Step { get; set; }
}
