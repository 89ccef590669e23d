using System.Runtime.CompilerServices;
using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Training;

namespace DeepKeras;

/// <summary>Training on a frozen base without running it in every epoch: its features are computed once.</summary>
public static class ModelFeatures
{
    extension(Model model)
    {
        /// <summary>Cuts the model where its frozen part ends. Both parts share its layers and weights.</summary>
        /// <returns>What is frozen, from the inputs on, and the rest, which takes the first one's outputs. Dropout, noise and augmentation belong to the rest.</returns>
        /// <exception cref="KerasException">Nothing behind the inputs is frozen, or everything is.</exception>
        /// <remarks><code>var (body, head) = model.SplitFrozen();</code></remarks>
        public (Model Base, Model Head) SplitFrozen()
        {
            var boundary = FrozenPart.Boundary(model);
            if (boundary.All(model.Inputs.Contains)) throw Throw.NothingFrozen(model);
            return (new Model([.. model.Inputs], [.. boundary], $"{model.Name}_base"), new Model([.. boundary], [.. model.Outputs], $"{model.Name}_head"));
        }

        /// <summary>The model's outputs for every sample of a data set, computed in the first pass and kept in memory; targets and sample weights come along.</summary>
        /// <param name="samples">Batches of inputs and targets.</param>
        /// <param name="batchSize">Samples per batch of the result; 32 by default.</param>
        /// <param name="shuffle">Whether each pass has an order of its own.</param>
        /// <remarks><code>var features = body.Features(photos);</code></remarks>
        public Dataset<Batch> Features(Dataset<Batch> samples, int batchSize = 32, bool shuffle = true)
        {
            ArgumentNullException.ThrowIfNull(samples);
            return Batches(Rows(model, samples), batchSize, shuffle);
        }

        /// <summary>
        /// As <c>Fit</c>, but the frozen part of the model runs once over the data instead of once per epoch: for a frozen base and a few layers behind it
        /// many times faster, and the same training. The model must be compiled; its optimizer, losses and metrics are used.
        /// </summary>
        /// <param name="x">Inputs; the first axis counts samples.</param>
        /// <param name="y">Targets.</param>
        /// <param name="batchSize">Samples per step; 32 by default.</param>
        /// <param name="epochs">The final epoch number.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
        /// <param name="callbacks">Called at fixed points; their model is the head.</param>
        /// <param name="validationSplit">The fraction of the last samples kept for validation.</param>
        /// <param name="validationData">What to validate on after each epoch.</param>
        /// <param name="shuffle">Whether samples come in a new order each epoch.</param>
        /// <param name="classWeight">A factor for the loss of each class.</param>
        /// <param name="sampleWeight">A factor for the loss of each sample.</param>
        /// <param name="cancellationToken">Stops after the current step.</param>
        /// <returns>The figures of every epoch.</returns>
        /// <exception cref="KerasException">Nothing is frozen, or data and model do not fit.</exception>
        /// <remarks><code>model.Freeze(..^1); model.Compile("adam", "sparse_categorical_crossentropy"); model.FitHead(x, y, epochs: 20);</code></remarks>
        public History FitHead(
            TensorData x,
            TensorData y,
            int? batchSize = null,
            int epochs = 1,
            int verbose = 1,
            IReadOnlyList<Callback>? callbacks = null,
            double validationSplit = 0,
            ValidationData? validationData = null,
            Shuffling shuffle = default,
            ClassWeight? classWeight = null,
            TensorData? sampleWeight = null,
            CancellationToken cancellationToken = default)
        {
            var (body, head) = Parts(model);
            using var features = body.Predict(x, batchSize, cancellationToken: cancellationToken);
            using var validation = new ValidationFeatures(body, validationData, batchSize, cancellationToken);
            return head.Fit(Data(features), y, batchSize, epochs, verbose, callbacks, validationSplit, validation.Data, shuffle, classWeight, sampleWeight, cancellationToken: cancellationToken);
        }

        /// <summary>As <c>Fit</c> on a data set, but the frozen part of the model runs once over it. Augmentation in the data set is drawn once, too.</summary>
        /// <param name="x">The batches; their order is drawn anew in every epoch.</param>
        /// <param name="batchSize">Samples per step; 32 by default.</param>
        /// <param name="epochs">The final epoch number.</param>
        /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
        /// <param name="callbacks">Called at fixed points; their model is the head.</param>
        /// <param name="validationData">What to validate on after each epoch.</param>
        /// <param name="cancellationToken">Stops after the current step.</param>
        /// <returns>The figures of every epoch.</returns>
        /// <exception cref="KerasException">Nothing is frozen, or data and model do not fit.</exception>
        public History FitHead(
            Dataset<Batch> x,
            int batchSize = 32,
            int epochs = 1,
            int verbose = 1,
            IReadOnlyList<Callback>? callbacks = null,
            ValidationData? validationData = null,
            CancellationToken cancellationToken = default)
        {
            var (body, head) = Parts(model);
            ArgumentNullException.ThrowIfNull(x);
            using var rows = Rows(body, x);
            using var validation = new ValidationFeatures(body, validationData, batchSize, cancellationToken);
            return head.Fit(Batches(rows, batchSize, shuffle: true), epochs, verbose, callbacks, validation.Data, cancellationToken: cancellationToken);
        }
    }

    private const int ShuffleBuffer = 1 << 16;

    // A model keeps its parts from one call to the next, as long as the same layers are frozen and it is not compiled anew.
    private static readonly ConditionalWeakTable<Model, FrozenParts> s_parts = [];

    private static (Model Body, Model Head) Parts(Model model)
    {
        var compiled = model.Compiled ?? throw Throw.NotCompiled(model, "train its head");
        if (s_parts.TryGetValue(model, out var known) && ReferenceEquals(known.Compiled, compiled) && known.Body.Outputs.SequenceEqual(FrozenPart.Boundary(model))) return (known.Body, known.Head);
        var (body, head) = model.SplitFrozen();
        // The head alone may lack layers that the optimizer has options for.
        model.ReadyOptimizer(compiled);
        head.Compile(compiled.Optimizer, compiled.LossSpec, compiled.MetricsSpec, compiled.WeightedMetricsSpec, compiled.LossWeights);
        s_parts.AddOrUpdate(model, new(compiled, body, head));
        return (body, head);
    }

    private static CacheDataset<Sample> Rows(Model body, Dataset<Batch> samples) =>
        new(samples.Map(batch => batch with { Inputs = [.. body.PredictOnBatch(Inputs(batch))], InputNames = null }).Unbatch());

    private static Dataset<Batch> Batches(Dataset<Sample> rows, int batchSize, bool shuffle) => (shuffle ? rows.Shuffle(ShuffleBuffer) : rows).Batch(batchSize);

    private static TensorData Data(Predictions features) => TensorData.Create([.. features.Select(f => (TensorData)f!)]);

    private sealed record FrozenParts(Compiled Compiled, Model Body, Model Head);

    /// <summary>What the head is validated on, as long as it trains.</summary>
    private sealed class ValidationFeatures : IDisposable
    {
        private readonly IDisposable? _features;

        public ValidationFeatures(Model body, ValidationData? data, int? batchSize, CancellationToken cancellation)
        {
            if (data?.Source is { } source)
            {
                var rows = Rows(body, source);
                _features = rows;
                Data = Batches(rows, batchSize ?? 32, shuffle: false);
            }
            else if (data?.Inputs is { } inputs)
            {
                var features = body.Predict(inputs, batchSize, cancellationToken: cancellation);
                _features = features;
                var x = ModelFeatures.Data(features);
                Data = data.SampleWeight is { } weight ? (x, data.Targets!, weight) : (x, data.Targets!);
            }
        }

        public ValidationData? Data { get; }

        public void Dispose() => _features?.Dispose();
    }

    private static TensorData Inputs(Batch batch) => TensorData.Create([.. batch.Inputs.Select(i => (TensorData)i!)]);
}
