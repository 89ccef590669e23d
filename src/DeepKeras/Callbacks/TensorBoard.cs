using System.Diagnostics;
using DeepKeras.Serialization;

namespace DeepKeras.Callbacks;

/// <summary>Writes figures, weights and the model for TensorBoard (Keras: <c>keras.callbacks.TensorBoard</c>).</summary>
/// <remarks>
/// Event files in TensorFlow 2's form go into <c>train</c> and <c>validation</c> under the folder: <c>epoch_loss</c>, <c>epoch_accuracy</c>, <c>epoch_learning_rate</c> …
/// by epoch; with <see cref="UpdateFreq"/> also <c>batch_loss</c> … by step; after each evaluation <c>evaluation_loss_vs_iterations</c> …. What an epoch gave is on the disk when it ends.
/// Keras's profiler and embedding projector have no counterpart here.
/// <code>
/// model.Fit(x, y, epochs: 10, validationSplit: 0.1, callbacks: [new TensorBoard("logs/first", histogramFreq: 1)]);
/// // tensorboard --logdir logs
/// </code>
/// </remarks>
public sealed class TensorBoard : Callback
{
    private readonly Dictionary<string, EventFile> _files = new(StringComparer.Ordinal);
    private bool _inFit;
    private long _step;
    private long _iterationsBefore;
    private long _batchBegin;
    private long _epochBegin;

    /// <summary>Creates the callback.</summary>
    /// <param name="logDir">The folder of this run; <c>"logs"</c> by default. Missing folders are made.</param>
    /// <param name="histogramFreq">Epochs from one histogram of every weight to the next; 0 (default) for none.</param>
    /// <param name="writeGraph">Whether the model is written, which the graph page draws; yes by default.</param>
    /// <param name="writeImages">Whether weights are also written as pictures, along with the histograms.</param>
    /// <param name="writeStepsPerSecond">Whether steps per second are written.</param>
    /// <param name="updateFreq"><c>"epoch"</c> (default) for figures of epochs alone, <c>"batch"</c>, or a number of batches. Each reading waits for the device.</param>
    /// <exception cref="KerasException">The folder's name is empty, or a frequency is out of range.</exception>
    public TensorBoard(
        string logDir = "logs",
        int histogramFreq = 0,
        bool writeGraph = true,
        bool writeImages = false,
        bool writeStepsPerSecond = false,
        Frequency updateFreq = default)
    {
        if (string.IsNullOrWhiteSpace(logDir)) throw Throw.BadArgument(nameof(TensorBoard), nameof(logDir), "a folder", $"\"{logDir}\"", "Give something like \"logs\".");
        if (histogramFreq < 0) throw Throw.BadArgument(nameof(TensorBoard), nameof(histogramFreq), "at least 0 epochs", histogramFreq, "0 writes no histograms, 1 writes them in every epoch.");
        LogDir = logDir;
        HistogramFreq = histogramFreq;
        WriteGraph = writeGraph;
        WriteImages = writeImages;
        WriteStepsPerSecond = writeStepsPerSecond;
        UpdateFreq = updateFreq.Checked(nameof(TensorBoard), nameof(updateFreq));
    }

    /// <summary>The folder of this run.</summary>
    public string LogDir { get; }

    /// <summary>Epochs from one histogram of every weight to the next.</summary>
    public int HistogramFreq { get; }

    /// <summary>Whether the model is written.</summary>
    public bool WriteGraph { get; }

    /// <summary>Whether weights are also written as pictures.</summary>
    public bool WriteImages { get; }

    /// <summary>Whether steps per second are written.</summary>
    public bool WriteStepsPerSecond { get; }

    /// <summary>How often figures are written within an epoch.</summary>
    public Frequency UpdateFreq { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        Close();
        _inFit = true;
        _step = 0;
        if (WriteGraph) WriteModel();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        _inFit = false;
        Close();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs)
    {
        _iterationsBefore = Model.Optimizer?.Iterations ?? 0;
        _epochBegin = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, Logs logs)
    {
        _step++;
        _batchBegin = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        if (UpdateFreq.Batches is not { } frequency || _step % frequency != 0) return;
        if (WriteStepsPerSecond) Train().Add("batch_steps_per_second", _step, EventSummary.Scalar(1 / Seconds(_batchBegin)));
        foreach (var (name, value) in logs) Train().Add("batch_" + name, _step, EventSummary.Scalar(value));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        var figures = logs.ToDictionary(StringComparer.Ordinal);
        if (Model.Optimizer is { } optimizer)
        {
            foreach (var (key, part) in LearningRates.Of(optimizer)) figures[key] = part.CurrentLearningRate;
            if (WriteStepsPerSecond) figures["steps_per_second"] = (optimizer.Iterations - _iterationsBefore) / Seconds(_epochBegin);
        }
        foreach (var (name, value) in figures)
        {
            if (name.StartsWith("val_", StringComparison.Ordinal)) Validation().Add("epoch_" + name[4..], epoch, EventSummary.Scalar(value));
            else Train().Add("epoch_" + name, epoch, EventSummary.Scalar(value));
        }
        if (HistogramFreq > 0 && epoch % HistogramFreq == 0) WriteWeights(epoch);
        foreach (var file in _files.Values) file.Flush();
    }

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs)
    {
        if (Model.Optimizer is not { } optimizer) return;
        foreach (var (name, value) in logs) Validation().Add($"evaluation_{name}_vs_iterations", optimizer.Iterations, EventSummary.Scalar(value));
        if (!_inFit) Close();
    }

    /// <inheritdoc/>
    protected internal override void SaveState(CallbackState state) => state.Numbers["step"] = _step;

    /// <inheritdoc/>
    protected internal override void RestoreState(CallbackState state) => _step = (long)state.Numbers["step"];

    /// <summary>A weight as (N, height, width, channels), as Keras shows it; <see langword="null"/> where it is no picture.</summary>
    internal static Tensor? Picture(Tensor weight)
    {
        var values = weight.squeeze();
        values = values.ndim switch
        {
            1 => values.reshape(1, -1, 1, 1),
            2 => (values.size(0) > values.size(1) ? values.transpose(0, 1) : values).unsqueeze(0).unsqueeze(-1),
            3 => values.permute(2, 0, 1).unsqueeze(-1),
            _ => values,
        };
        return values.ndim == 4 && values.size(-1) is 1 or 3 or 4 ? values : null;
    }

    private static double Seconds(long since) => Math.Max(Stopwatch.GetElapsedTime(since).TotalSeconds, 1e-9);

    private EventFile Train() => FileOf("train");

    private EventFile Validation() => FileOf("validation");

    private EventFile FileOf(string part)
    {
        if (!_files.TryGetValue(part, out var file)) _files[part] = file = new EventFile(Path.Combine(LogDir, part));
        return file;
    }

    private void WriteModel()
    {
        try
        {
            Train().Add("keras", 0, EventSummary.Model(Model.ToJson()));
        }
        catch (KerasException error)
        {
            // A model with code in it trains all the same.
            Report($"TensorBoard shows no graph of the model: {error.Message}");
        }
    }

    private void WriteWeights(int epoch)
    {
        using var scope = torch.NewDisposeScope();
        using var recording = torch.no_grad();
        foreach (var (name, weight) in WeightTable.Of(Model))
        {
            var values = weight.ToTensor();
            Train().Add(name + "/histogram", epoch, EventSummary.Histogram(values));
            if (WriteImages && Picture(values) is { } picture) Train().Add(name + "/image", epoch, EventSummary.Images(picture));
        }
    }

    private void Close()
    {
        foreach (var file in _files.Values) file.Dispose();
        _files.Clear();
    }
}
