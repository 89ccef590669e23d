using DeepKeras.Training;

namespace DeepKeras.Callbacks;

/// <summary>What a run of <c>Fit</c> or <c>Evaluate</c> was asked to do.</summary>
/// <param name="Epochs">The final epoch number.</param>
/// <param name="Steps">Batches per epoch; <see langword="null"/> when the data does not tell.</param>
/// <param name="Verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
/// <param name="Validates">After which epochs there is a validation; <see langword="null"/> where there is none.</param>
public sealed record RunInfo(int Epochs, int? Steps, int Verbose, ValidationFrequency? Validates = null)
{
    /// <summary>Whether the run goes on from a backup (see <see cref="BackupAndRestore"/>): what a callback wrote before is to be continued.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Where progress and the messages of callbacks go.</summary>
    internal ProgressOutput Output { get; init; } = ProgressOutput.Standard;
}
