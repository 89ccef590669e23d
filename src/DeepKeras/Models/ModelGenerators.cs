using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Training;

namespace DeepKeras;

/// <summary>Fit, Evaluate and Predict on batches that a generator makes: any enumeration, also an asynchronous one. <see cref="Dataset"/> has the operators for more.</summary>
/// <remarks>
/// An enumeration that ends is read once per epoch, so it must be one that starts anew each time, as an iterator method with <c>yield return</c> does.
/// One without end needs <c>stepsPerEpoch</c> (<c>steps</c>) and goes on through the epochs. The tensors that are made for a batch are freed after its step.
/// <code>
/// IEnumerable&lt;(TensorData, TensorData)&gt; Batches()
/// {
///     while (true) yield return (torch.rand(32, 4), torch.rand(32, 1));
/// }
/// model.Fit(Batches(), epochs: 5, stepsPerEpoch: 100);
/// </code>
/// </remarks>
public static class ModelGenerators
{
    extension(Model model)
    {
        /// <summary>Trains on pairs of inputs and targets, each pair a batch.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="epochs">The final epoch number.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
        /// <param name="callbacks">Called at fixed points, in this order.</param>
        /// <param name="validationData">What to validate on after each epoch.</param>
        /// <param name="initialEpoch">The epoch to start from, to resume.</param>
        /// <param name="stepsPerEpoch">Steps that count as an epoch; needed for an enumeration without end.</param>
        /// <param name="validationSteps">Batches to validate on; all by default.</param>
        /// <param name="validationFreq">Validate every so many epochs (1 by default), or after those of a list, counted from 1.</param>
        /// <param name="classWeight">A factor for the loss of each class, 1 where one is missing; for several outputs by output name.</param>
        /// <param name="cancellationToken">Stops after the current step; the history so far is returned.</param>
        /// <returns>The figures of every epoch.</returns>
        /// <exception cref="KerasException">Data and model do not fit.</exception>
        public History Fit(
            IEnumerable<(TensorData Inputs, TensorData Targets)> x,
            int epochs = 1,
            int verbose = 1,
            IReadOnlyList<Callback>? callbacks = null,
            ValidationData? validationData = null,
            int initialEpoch = 0,
            int? stepsPerEpoch = null,
            int? validationSteps = null,
            ValidationFrequency? validationFreq = null,
            ClassWeight? classWeight = null,
            CancellationToken cancellationToken = default) =>
            model.Fit(Pairs(x), epochs, verbose, callbacks, validationData, initialEpoch, stepsPerEpoch, validationSteps, validationFreq, classWeight, cancellationToken);

        /// <summary>Trains on batches.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="epochs">The final epoch number.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
        /// <param name="callbacks">Called at fixed points, in this order.</param>
        /// <param name="validationData">What to validate on after each epoch.</param>
        /// <param name="initialEpoch">The epoch to start from, to resume.</param>
        /// <param name="stepsPerEpoch">Steps that count as an epoch; needed for an enumeration without end.</param>
        /// <param name="validationSteps">Batches to validate on; all by default.</param>
        /// <param name="validationFreq">Validate every so many epochs (1 by default), or after those of a list, counted from 1.</param>
        /// <param name="classWeight">A factor for the loss of each class, 1 where one is missing; for several outputs by output name.</param>
        /// <param name="cancellationToken">Stops after the current step; the history so far is returned.</param>
        /// <returns>The figures of every epoch.</returns>
        /// <exception cref="KerasException">Data and model do not fit.</exception>
        public History Fit(
            IEnumerable<Batch> x,
            int epochs = 1,
            int verbose = 1,
            IReadOnlyList<Callback>? callbacks = null,
            ValidationData? validationData = null,
            int initialEpoch = 0,
            int? stepsPerEpoch = null,
            int? validationSteps = null,
            ValidationFrequency? validationFreq = null,
            ClassWeight? classWeight = null,
            CancellationToken cancellationToken = default) =>
            model.Fit(Stream(x), epochs, verbose, callbacks, validationData, initialEpoch, stepsPerEpoch, validationSteps, validationFreq, classWeight, cancellationToken);

        /// <summary>Trains on batches that come asynchronously.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="epochs">The final epoch number.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
        /// <param name="callbacks">Called at fixed points, in this order.</param>
        /// <param name="validationData">What to validate on after each epoch.</param>
        /// <param name="initialEpoch">The epoch to start from, to resume.</param>
        /// <param name="stepsPerEpoch">Steps that count as an epoch; needed for an enumeration without end.</param>
        /// <param name="validationSteps">Batches to validate on; all by default.</param>
        /// <param name="validationFreq">Validate every so many epochs (1 by default), or after those of a list, counted from 1.</param>
        /// <param name="classWeight">A factor for the loss of each class, 1 where one is missing; for several outputs by output name.</param>
        /// <param name="cancellationToken">Stops after the current step; the history so far is returned.</param>
        /// <returns>The figures of every epoch.</returns>
        /// <exception cref="KerasException">Data and model do not fit.</exception>
        public History Fit(
            IAsyncEnumerable<Batch> x,
            int epochs = 1,
            int verbose = 1,
            IReadOnlyList<Callback>? callbacks = null,
            ValidationData? validationData = null,
            int initialEpoch = 0,
            int? stepsPerEpoch = null,
            int? validationSteps = null,
            ValidationFrequency? validationFreq = null,
            ClassWeight? classWeight = null,
            CancellationToken cancellationToken = default) =>
            model.Fit(Stream(x), epochs, verbose, callbacks, validationData, initialEpoch, stepsPerEpoch, validationSteps, validationFreq, classWeight, cancellationToken);

        /// <summary>Measures loss and metrics on pairs of inputs and targets, each pair a batch.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
        /// <param name="steps">Batches to use; all by default.</param>
        /// <param name="callbacks">Called at fixed points.</param>
        /// <param name="cancellationToken">Stops after the current batch.</param>
        /// <returns><c>score[0]</c> is the loss, then the metrics; also by name.</returns>
        public Score Evaluate(IEnumerable<(TensorData Inputs, TensorData Targets)> x, int verbose = 1, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
            model.Evaluate(Pairs(x), verbose, steps, callbacks, cancellationToken);

        /// <summary>Measures loss and metrics on batches.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
        /// <param name="steps">Batches to use; all by default.</param>
        /// <param name="callbacks">Called at fixed points.</param>
        /// <param name="cancellationToken">Stops after the current batch.</param>
        /// <returns><c>score[0]</c> is the loss, then the metrics; also by name.</returns>
        public Score Evaluate(IEnumerable<Batch> x, int verbose = 1, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
            model.Evaluate(Stream(x), verbose, steps, callbacks, cancellationToken);

        /// <summary>Measures loss and metrics on batches that come asynchronously.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
        /// <param name="steps">Batches to use; all by default.</param>
        /// <param name="callbacks">Called at fixed points.</param>
        /// <param name="cancellationToken">Stops after the current batch.</param>
        /// <returns><c>score[0]</c> is the loss, then the metrics; also by name.</returns>
        public Score Evaluate(IAsyncEnumerable<Batch> x, int verbose = 1, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
            model.Evaluate(Stream(x), verbose, steps, callbacks, cancellationToken);

        /// <summary>Computes the outputs for inputs, each a batch.</summary>
        /// <param name="x">The batches.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
        /// <param name="steps">Batches to use; all by default.</param>
        /// <param name="callbacks">Called at fixed points.</param>
        /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
        /// <returns>One tensor per output, on the CPU.</returns>
        public Predictions Predict(IEnumerable<TensorData> x, int verbose = 0, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
            model.Predict(Inputs(x), verbose, steps, callbacks, cancellationToken);
    }

    private static Dataset<Batch> Pairs(IEnumerable<(TensorData Inputs, TensorData Targets)> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Dataset.FromBatches(() => x, x.TryGetNonEnumeratedCount(out var count) ? count : null);
    }

    private static Dataset<Batch> Stream(IEnumerable<Batch> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Dataset.From(() => x, x.TryGetNonEnumeratedCount(out var count) ? count : null);
    }

    private static Dataset<Batch> Stream(IAsyncEnumerable<Batch> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Dataset.FromAsync(() => x);
    }

    private static Dataset<Batch> Inputs(IEnumerable<TensorData> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Dataset.From(() => x.Select(TensorRows.ToBatch), x.TryGetNonEnumeratedCount(out var count) ? count : null);
    }
}
