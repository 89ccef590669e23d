using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Training;

namespace DeepKeras;

/// <content>Compile, fit, evaluate, predict.</content>
public partial class Model
{
    private const int DefaultBatchSize = 32;
    private IReadOnlyList<Weight>? _optimized;
    private Plan? _planWithSaidMasks;
    private BatchPreparer? _preparer;

    /// <summary>The optimizer given to <see cref="Compile"/>, or <see langword="null"/>.</summary>
    public Optimizer? Optimizer => Compiled?.Optimizer;

    /// <summary>Set by a callback to end <c>Fit</c> after the current step.</summary>
    public bool StopTraining { get; set; }

    internal Compiled? Compiled { get; private set; }

    /// <summary>Brings data to this model; kept between predictions, so that a single row costs little more than the layers.</summary>
    internal BatchPreparer Preparer => _preparer ??= new(this);

    /// <summary>Chooses how the model is trained and measured.</summary>
    /// <param name="optimizer">A name or an object; <c>"rmsprop"</c> by default.</param>
    /// <param name="loss">A name, an object, one per output, or a dictionary by output name.</param>
    /// <param name="metrics">Names or objects; for several outputs one entry per output or a dictionary. Sample weights do not count here.</param>
    /// <param name="weightedMetrics">The same, with sample weights.</param>
    /// <param name="lossWeights">How much each output's loss counts; 1 each by default.</param>
    /// <exception cref="KerasException">A name is unknown, or the numbers do not fit the outputs.</exception>
    public void Compile(Optimizer? optimizer = null, LossSpec? loss = null, MetricsSpec? metrics = null, MetricsSpec? weightedMetrics = null, LossWeights? lossWeights = null)
    {
        Compiled = new Compiled(this, optimizer ?? "rmsprop", loss, metrics, weightedMetrics, lossWeights);
        _optimized = null;
    }

    /// <summary>Trains on arrays or tensors.</summary>
    /// <param name="x">Inputs; the first axis counts samples.</param>
    /// <param name="y">Targets.</param>
    /// <param name="batchSize">Samples per step; 32 by default.</param>
    /// <param name="epochs">The final epoch number: with <paramref name="initialEpoch"/> 2, <c>epochs: 5</c> trains three.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
    /// <param name="callbacks">Called at fixed points, in this order.</param>
    /// <param name="validationSplit">The fraction of the last samples kept for validation, taken before shuffling.</param>
    /// <param name="validationData">What to validate on after each epoch; wins over <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether samples come in a new order each epoch; <c>"batch"</c> mixes each batch for itself.</param>
    /// <param name="classWeight">A factor for the loss of each class, 1 where one is missing; for several outputs by output name. Segmentations are weighed by position. For training alone.</param>
    /// <param name="sampleWeight">A factor for the loss of each sample; for several outputs by output name.</param>
    /// <param name="initialEpoch">The epoch to start from, to resume.</param>
    /// <param name="stepsPerEpoch">Steps that count as an epoch; the data goes on where it was.</param>
    /// <param name="validationSteps">Batches to validate on; all by default.</param>
    /// <param name="validationBatchSize">Samples per validation batch; as <paramref name="batchSize"/> by default.</param>
    /// <param name="validationFreq">Validate every so many epochs (1 by default), or after those of a list, counted from 1: <c>[1, 2, 10]</c>.</param>
    /// <param name="checkFinite">Whether to look for NaN and infinity in the data first.</param>
    /// <param name="cancellationToken">Stops after the current step; the history so far is returned. Ctrl-C does the same.</param>
    /// <returns>The figures of every epoch.</returns>
    /// <exception cref="KerasException">Data and model do not fit; nothing was trained then.</exception>
    public History Fit(
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
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        ValidationFrequency? validationFreq = null,
        bool checkFinite = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var compiled = ReadyToTrain("train");
        var size = Positive(nameof(batchSize), batchSize ?? DefaultBatchSize);
        var data = ArrayInputs.Read(this, x, y, sampleWeight, classWeight, checkFinite, compiled);
        var validationSize = Positive(nameof(validationBatchSize), validationBatchSize ?? size);
        var (training, validation) = data.Split(size, shuffle, validationData is null ? validationSplit : 0, validationSize);
        return new Trainer(this, compiled).Fit(Options(training, epochs, verbose, callbacks, validation, validationData, initialEpoch, stepsPerEpoch, validationSteps, validationSize, validationFreq, cancellationToken));
    }

    /// <summary>Trains on a data set, which brings batches with targets.</summary>
    /// <param name="x">The batches.</param>
    /// <param name="epochs">The final epoch number.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
    /// <param name="callbacks">Called at fixed points, in this order.</param>
    /// <param name="validationData">What to validate on after each epoch.</param>
    /// <param name="initialEpoch">The epoch to start from, to resume.</param>
    /// <param name="stepsPerEpoch">Steps that count as an epoch; needed when the data set is endless.</param>
    /// <param name="validationSteps">Batches to validate on; all by default.</param>
    /// <param name="validationFreq">Validate every so many epochs (1 by default), or after those of a list, counted from 1: <c>[1, 2, 10]</c>.</param>
    /// <param name="classWeight">A factor for the loss of each class, 1 where one is missing; for several outputs by output name.</param>
    /// <param name="cancellationToken">Stops after the current step; the history so far is returned.</param>
    /// <returns>The figures of every epoch.</returns>
    public History Fit(
        Dataset<Batch> x,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        ValidationData? validationData = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        ValidationFrequency? validationFreq = null,
        ClassWeight? classWeight = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        var compiled = ReadyToTrain("train");
        BuildFrom(x);
        if (classWeight is not null) x = x.Map(batch => classWeight.Weigh(this, batch));
        return new Trainer(this, compiled).Fit(Options(x, epochs, verbose, callbacks, null, validationData, initialEpoch, stepsPerEpoch, validationSteps, DefaultBatchSize, validationFreq, cancellationToken));
    }

    /// <summary>Measures loss and metrics on arrays or tensors.</summary>
    /// <param name="x">Inputs; the first axis counts samples.</param>
    /// <param name="y">Targets.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
    /// <param name="sampleWeight">A factor for each sample, for the loss and the weighted metrics.</param>
    /// <param name="steps">Batches to use; all by default.</param>
    /// <param name="callbacks">Called at fixed points.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns><c>score[0]</c> is the loss, then the metrics; also by name.</returns>
    public Score Evaluate(TensorData x, TensorData y, int? batchSize = null, int verbose = 1, TensorData? sampleWeight = null, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var compiled = Compiled ?? throw Throw.NotCompiled(this, "be evaluated");
        var data = ArrayInputs.Read(this, x, y, sampleWeight, null, checkFinite: false, compiled);
        return EvaluateSource(compiled, data.Source(Positive(nameof(batchSize), batchSize ?? DefaultBatchSize)), verbose, steps, callbacks, cancellationToken);
    }

    /// <summary>Measures loss and metrics on a data set.</summary>
    /// <param name="x">The batches, with targets.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
    /// <param name="steps">Batches to use; all by default.</param>
    /// <param name="callbacks">Called at fixed points.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    public Score Evaluate(Dataset<Batch> x, int verbose = 1, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        BuildFrom(x);
        return EvaluateSource(Compiled ?? throw Throw.NotCompiled(this, "be evaluated"), x, verbose, steps, callbacks, cancellationToken);
    }

    /// <summary>Computes the outputs for arrays or tensors.</summary>
    /// <param name="x">Inputs; the first axis counts samples.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
    /// <param name="callbacks">Called at fixed points.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One tensor per output, on the CPU.</returns>
    public Predictions Predict(TensorData x, int? batchSize = null, int verbose = 0, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        var size = Positive(nameof(batchSize), batchSize ?? DefaultBatchSize);
        var inputs = ArrayInputs.ReadInputs(this, x);
        var samples = inputs[0].shape[0];
        if (callbacks is null && verbose == 0 && samples <= size) return new(Predictor.Once(this, inputs), OutputNames);
        var source = new ArraySource(inputs, [], null, size, shuffle: false);
        return PredictWith(verbose, callbacks, source.Steps, list => Predictor.Whole(this, source, list, cancellationToken));
    }

    /// <summary>Computes the outputs for a data set; its targets are ignored.</summary>
    /// <param name="x">The batches.</param>
    /// <param name="verbose">0 silent, 1 progress line, 2 one line.</param>
    /// <param name="steps">Batches to use; all by default.</param>
    /// <param name="callbacks">Called at fixed points.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public Predictions Predict(Dataset<Batch> x, int verbose = 0, int? steps = null, IReadOnlyList<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (steps is null && x.IsEndless) throw Throw.Endless("Predict", nameof(steps));
        BuildFrom(x);
        return PredictWith(verbose, callbacks, steps ?? x.Steps, list => Predictor.Stream(this, x, steps, list, cancellationToken));
    }

    /// <summary>One training step on one batch; the figures are of this batch alone.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="sampleWeight">A factor for each sample.</param>
    /// <param name="classWeight">A factor for each class.</param>
    /// <returns>The loss before the step, then the metrics.</returns>
    public Score TrainOnBatch(TensorData x, TensorData y, TensorData? sampleWeight = null, ClassWeight? classWeight = null)
    {
        var compiled = ReadyToTrain("train");
        using var scope = torch.NewDisposeScope();
        var batch = Whole(ArrayInputs.Read(this, x, y, sampleWeight, classWeight, checkFinite: false, compiled));
        ReadyOptimizer(compiled);
        compiled.Resolve(batch.Targets);
        compiled.Reset();
        SyncTrainable();
        TrainStep(batch);
        return new(compiled.Read());
    }

    /// <summary>Measures one batch.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="sampleWeight">A factor for each sample.</param>
    public Score TestOnBatch(TensorData x, TensorData y, TensorData? sampleWeight = null)
    {
        var compiled = Compiled ?? throw Throw.NotCompiled(this, "be evaluated");
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var batch = Whole(ArrayInputs.Read(this, x, y, sampleWeight, null, checkFinite: false, compiled));
        compiled.Resolve(batch.Targets);
        compiled.Reset();
        TestStep(batch);
        return new(compiled.Read());
    }

    /// <summary>Computes the outputs of one batch.</summary>
    /// <param name="x">Inputs.</param>
    public Predictions PredictOnBatch(TensorData x) => new(Predictor.Once(this, ArrayInputs.ReadInputs(this, x)), OutputNames);

    /// <summary>Whether larger is better for a name in the logs; <see langword="null"/> where that is unknown.</summary>
    /// <param name="logKey">A name such as <c>val_accuracy</c>.</param>
    public bool? HigherIsBetter(string logKey)
    {
        ArgumentNullException.ThrowIfNull(logKey);
        var key = logKey.StartsWith("val_", StringComparison.Ordinal) ? logKey[4..] : logKey;
        if (key == "loss" || (key.EndsWith("_loss", StringComparison.Ordinal) && OutputNames.Contains(key[..^5], StringComparer.Ordinal))) return false;
        return Compiled?.NamedMetrics.FirstOrDefault(m => m.Name == key).Metric?.HigherIsBetter;
    }

    /// <summary>Makes the optimizer's slots if this model's weights are new to it.</summary>
    internal void ReadyOptimizer(Compiled compiled)
    {
        var weights = Weights.Where(w => w.IsTrained).ToList();
        if (_optimized?.SequenceEqual(weights) == true) return;
        compiled.Optimizer.Build(weights);
        _optimized = weights;
    }

    private FitOptions Options(Dataset<Batch> source, int epochs, int verbose, IReadOnlyList<Callback>? callbacks, Dataset<Batch>? validation, ValidationData? validationData, int initialEpoch, int? stepsPerEpoch, int? validationSteps, int validationBatchSize, ValidationFrequency? validationFreq, CancellationToken cancellation)
    {
        if (verbose > 0) SayWhereMasksEnd();
        var compiled = Compiled!;
        if (epochs < 0) throw Throw.OutOfRange(nameof(epochs), "at least 0", epochs);
        if (initialEpoch < 0) throw Throw.OutOfRange(nameof(initialEpoch), "at least 0", initialEpoch);
        if (validationSteps is < 1) throw Throw.OutOfRange(nameof(validationSteps), "at least 1", validationSteps);
        if (stepsPerEpoch is < 1) throw Throw.OutOfRange(nameof(stepsPerEpoch), "at least 1", stepsPerEpoch);
        if (stepsPerEpoch is null && source.IsEndless) throw Throw.Endless("Fit", nameof(stepsPerEpoch));
        if (validationSteps is null && validationData?.Source?.IsEndless == true) throw Throw.Endless("Validation", nameof(validationSteps));
        if (validationData is not null)
        {
            validation = validationData.Source ?? ArrayInputs.Read(this, validationData.Inputs!, validationData.Targets!, validationData.SampleWeight, null, checkFinite: false, compiled).Source(validationBatchSize);
        }
        ReadyOptimizer(compiled);
        return new FitOptions(source, epochs, initialEpoch, verbose, WithProgress(callbacks, verbose), validation, stepsPerEpoch, validationSteps, validationFreq ?? 1, cancellation);
    }

    /// <summary>Once for each plan: a mask that ends before the loss is seldom meant.</summary>
    private void SayWhereMasksEnd()
    {
        if (ReferenceEquals(_planWithSaidMasks, TrainingPlan)) return;
        _planWithSaidMasks = TrainingPlan;
        foreach (var layer in TrainingPlan.MaskEnds) ProgressOutput.Standard.WriteLine(Throw.MaskEnds(layer));
    }

    private Score EvaluateSource(Compiled compiled, Dataset<Batch> source, int verbose, int? steps, IReadOnlyList<Callback>? callbacks, CancellationToken cancellation)
    {
        if (steps is < 1) throw Throw.OutOfRange(nameof(steps), "at least 1", steps);
        if (steps is null && source.IsEndless) throw Throw.Endless("Evaluate", nameof(steps));
        var list = new CallbackList(this, new RunInfo(1, steps ?? source.Steps, verbose), WithProgress(callbacks, verbose));
        using var interrupt = new InterruptGuard(cancellation, listenToConsole: false);
        return new(new Trainer(this, compiled).Evaluate(source, steps, list, interrupt));
    }

    private Predictions PredictWith(int verbose, IReadOnlyList<Callback>? callbacks, int? steps, Func<CallbackList, Tensor[]> run)
    {
        var list = new CallbackList(this, new RunInfo(1, steps, verbose), WithProgress(callbacks, verbose));
        list.PredictBegin();
        var outputs = run(list);
        list.PredictEnd();
        return new(outputs, OutputNames);
    }

    private static IReadOnlyList<Callback> WithProgress(IReadOnlyList<Callback>? callbacks, int verbose) =>
        verbose == 0 ? callbacks ?? [] : [.. callbacks ?? [], new ProgressReporter(verbose)];

    private Compiled ReadyToTrain(string action)
    {
        var compiled = Compiled ?? throw Throw.NotCompiled(this, action);
        return compiled.HasLoss ? compiled : throw Throw.NoLoss(this);
    }

    private void BuildFrom(Dataset<Batch> source)
    {
        if (IsBuilt) return;
        using var scope = torch.NewDisposeScope();
        using var reader = new BatchReader(source, CancellationToken.None);
        var first = reader.Next() ?? throw Throw.EmptyData("the Dataset");
        EnsureBuilt([.. first.Inputs.Select(t => Shape.Of(t).With(0, null))]);
    }

    private Batch Whole(ArrayInputs data) => Preparer.Prepare(new Batch([.. data.Inputs], [.. data.Targets], data.Weights is null ? null : [.. data.Weights], data.Inputs[0].shape[0]));

    private static int Positive(string argument, int value) => value > 0 ? value : throw Throw.OutOfRange(argument, "at least 1", value);
}
