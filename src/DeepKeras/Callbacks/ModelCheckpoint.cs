using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>Saves the model, or its weights, while it trains (Keras: <c>keras.callbacks.ModelCheckpoint</c>).</summary>
/// <remarks>
/// The file name may hold <c>{epoch}</c> (from 1), <c>{batch}</c> and any name in the logs, formatted as in Python: <c>{epoch:02d}</c>, <c>{val_loss:.2f}</c>.
/// Where a figure to tell the best by is missing (no validation, or not in this epoch or batch), it says so and saves, as Keras does.
/// The model's file includes the optimizer's state, so that training can go on from it.
/// <code>model.Fit(x, y, validationSplit: 0.1, callbacks: [new ModelCheckpoint("best.dkeras", saveBestOnly: true)]);</code>
/// </remarks>
public sealed class ModelCheckpoint : Callback
{
    private readonly Monitored _monitored;
    private int _epoch;
    private int _batchesSinceSave;

    /// <summary>Creates the callback.</summary>
    /// <param name="filepath">Where to save, a file name with placeholders. Missing folders are made.</param>
    /// <param name="monitor">A name in the logs, for <paramref name="saveBestOnly"/>; <c>"val_loss"</c> by default.</param>
    /// <param name="verbose">1 to say when it saves.</param>
    /// <param name="saveBestOnly">Whether to save only when the figure has improved.</param>
    /// <param name="saveWeightsOnly">Whether to save the weights alone.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c> to ask the metric.</param>
    /// <param name="saveFreq"><c>"epoch"</c> (default) to save when an epoch ends, or a number of batches, counted across epochs.</param>
    /// <param name="initialValueThreshold">A value that the first saved figure must beat; none by default.</param>
    /// <exception cref="KerasException">The mode is unknown, the frequency is not positive, or the file's ending belongs to another format.</exception>
    public ModelCheckpoint(
        string filepath,
        string monitor = "val_loss",
        int verbose = 0,
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        string mode = "auto",
        Frequency saveFreq = default,
        double? initialValueThreshold = null)
    {
        if (string.IsNullOrWhiteSpace(filepath)) throw Throw.BadArgument(nameof(ModelCheckpoint), nameof(filepath), "a file name", $"\"{filepath}\"", "Give something like \"best.dkeras\".");
        if (saveWeightsOnly) ModelWeights.CheckWeights(filepath);
        else ModelSaving.CheckModel(filepath);
        _monitored = new Monitored(this, monitor, mode, 0);
        Filepath = filepath;
        Monitor = monitor;
        Verbose = verbose;
        SaveBestOnly = saveBestOnly;
        SaveWeightsOnly = saveWeightsOnly;
        Mode = mode;
        SaveFreq = saveFreq.Checked(nameof(ModelCheckpoint), nameof(saveFreq));
        InitialValueThreshold = initialValueThreshold;
        Best = initialValueThreshold;
    }

    /// <summary>Where to save.</summary>
    public string Filepath { get; }

    /// <summary>The name in the logs.</summary>
    public string Monitor { get; }

    /// <summary>1 to say when it saves.</summary>
    public int Verbose { get; }

    /// <summary>Whether only improvements are saved.</summary>
    public bool SaveBestOnly { get; }

    /// <summary>Whether the weights alone are saved.</summary>
    public bool SaveWeightsOnly { get; }

    /// <summary>Which direction is better.</summary>
    public string Mode { get; }

    /// <summary>How often it saves.</summary>
    public Frequency SaveFreq { get; }

    /// <summary>A value that the first saved figure must beat.</summary>
    public double? InitialValueThreshold { get; }

    /// <summary>The best value so far; a new run of <c>Fit</c> with this object goes on from it.</summary>
    public double? Best { get; private set; }

    /// <summary>The last file that was written.</summary>
    public string? LastSaved { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs) => _batchesSinceSave = 0;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs) => _epoch = epoch;

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        if (SaveFreq.Batches is not { } frequency || ++_batchesSinceSave < frequency) return;
        _batchesSinceSave = 0;
        Save(logs, batch);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (SaveFreq.Batches is null) Save(logs, batch: null);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(CallbackState state)
    {
        state.Set("best", Best);
        state.Numbers["batches_since_save"] = _batchesSinceSave;
        if (LastSaved is { } path) state.Texts["last_saved"] = path;
    }

    /// <inheritdoc/>
    protected internal override void RestoreState(CallbackState state)
    {
        (Best, _batchesSinceSave) = (state.Get("best"), (int)state.Numbers["batches_since_save"]);
        LastSaved = state.Texts.TryGetValue("last_saved", out var path) ? path : null;
    }

    private void Save(Logs logs, int? batch)
    {
        var path = new Lazy<string>(() => Fill(logs, batch));
        if (SaveBestOnly && !TakesBest(logs, path, isEpochEnd: batch is null)) return;
        if (Path.GetDirectoryName(Path.GetFullPath(path.Value)) is { } folder) _ = Directory.CreateDirectory(folder);
        if (Verbose > 0 && !SaveBestOnly) Say($"saving model to {path.Value}");
        if (SaveWeightsOnly) Model.SaveWeights(path.Value);
        else Model.Save(path.Value);
        LastSaved = path.Value;
    }

    private bool TakesBest(Logs logs, Lazy<string> path, bool isEpochEnd)
    {
        if (!logs.TryGetValue(Monitor, out var current))
        {
            if (isEpochEnd && !_monitored.HasDirection) throw Throw.UnknownMonitor(this, Monitor, logs.Keys, Run.Validates is not null);
            // As Keras does: better a file too many than none.
            Say($"'{Monitor}' is not among the figures {Throw.Quoted(logs.Keys)}, so that the best cannot be told; saving model to {path.Value}");
            return true;
        }
        if (!_monitored.Improves(current, Best))
        {
            if (Verbose > 0) Say(string.Create(CultureInfo.InvariantCulture, $"{Monitor} did not improve from {Best:0.00000}"));
            return false;
        }
        if (Verbose > 0) Say(string.Create(CultureInfo.InvariantCulture, $"{Monitor} improved from {(Best is { } old ? old.ToString("0.00000", CultureInfo.InvariantCulture) : "none")} to {current:0.00000}, saving model to {path.Value}"));
        Best = current;
        return true;
    }

    private void Say(string what) => Report(string.Create(CultureInfo.InvariantCulture, $"Epoch {_epoch + 1}: {what}"));

    private string Fill(Logs logs, int? batch) => FileTemplate.Fill(
        nameof(ModelCheckpoint),
        Filepath,
        name => name switch
        {
            "epoch" => _epoch + 1,
            "batch" when batch is not null => batch + 1,
            _ => logs.TryGetValue(name, out var value) ? value : null,
        },
        () => ["epoch", .. batch is null ? Array.Empty<string>() : ["batch"], .. logs.Keys]);
}
