using DeepKeras.Callbacks;
using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>What a run of <c>Fit</c> needs once its data is in place.</summary>
internal sealed record FitOptions(
    Dataset<Batch> Source,
    int Epochs,
    int InitialEpoch,
    int Verbose,
    IReadOnlyList<Callback> Callbacks,
    Dataset<Batch>? Validation,
    int? StepsPerEpoch,
    int? ValidationSteps,
    ValidationFrequency ValidationFrequency,
    CancellationToken Cancellation);
