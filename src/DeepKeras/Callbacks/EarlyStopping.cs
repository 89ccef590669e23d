using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>Ends training when a figure has stopped improving (Keras: <c>keras.callbacks.EarlyStopping</c>).</summary>
/// <remarks>
/// An epoch counts as an improvement when it beats the best so far by more than <see cref="MinDelta"/>; training ends after
/// <see cref="Patience"/> epochs without one. With a <see cref="Baseline"/> the count restarts only at an improvement that also beats the baseline.
/// <code>model.Fit(x, y, epochs: 100, validationSplit: 0.1, callbacks: [new EarlyStopping(patience: 5, restoreBestWeights: true)]);</code>
/// </remarks>
public sealed class EarlyStopping : Callback
{
    private readonly Monitored _monitored;
    private double? _best;
    private int _wait;
    private IReadOnlyList<Tensor> _bestWeights = [];

    /// <summary>Creates the callback.</summary>
    /// <param name="monitor">A name in the logs; <c>"val_loss"</c> by default.</param>
    /// <param name="minDelta">Least change that counts as an improvement.</param>
    /// <param name="patience">Epochs without improvement after which training ends.</param>
    /// <param name="verbose">1 to say when it acts.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c> to ask the metric.</param>
    /// <param name="baseline">A value that the figure shall beat; none by default.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch come back when training ends, early or not.</param>
    /// <param name="startFromEpoch">Epochs to wait before it starts to watch.</param>
    /// <exception cref="KerasException">The mode is unknown.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        int verbose = 0,
        string mode = "auto",
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        _monitored = new Monitored(this, monitor, mode, minDelta);
        Monitor = monitor;
        MinDelta = Math.Abs(minDelta);
        Patience = patience;
        Verbose = verbose;
        Mode = mode;
        Baseline = baseline;
        RestoreBestWeights = restoreBestWeights;
        StartFromEpoch = startFromEpoch;
    }

    /// <summary>The name in the logs.</summary>
    public string Monitor { get; }

    /// <summary>Least change that counts.</summary>
    public double MinDelta { get; }

    /// <summary>Epochs without improvement after which training ends.</summary>
    public int Patience { get; }

    /// <summary>1 to say when it acts.</summary>
    public int Verbose { get; }

    /// <summary>Which direction is better.</summary>
    public string Mode { get; }

    /// <summary>A value that the figure shall beat.</summary>
    public double? Baseline { get; }

    /// <summary>Whether the best weights come back.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>Epochs to wait before it starts to watch.</summary>
    public int StartFromEpoch { get; }

    /// <summary>The epoch, from 0, after which training was ended; <see langword="null"/> when it ran to its end.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The best epoch so far, from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The best value so far.</summary>
    public double? Best => _best;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        (_best, _wait, BestEpoch, StoppedEpoch) = (null, 0, 0, null);
        Keep([]);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (_monitored.Read(epoch, logs) is not { } current || epoch < StartFromEpoch) return;
        if (RestoreBestWeights && _bestWeights.Count == 0) KeepWeights(epoch);
        _wait++;
        if (_monitored.Improves(current, _best))
        {
            _best = current;
            BestEpoch = epoch;
            if (RestoreBestWeights) KeepWeights(epoch);
            if (Baseline is null || _monitored.Improves(current, Baseline)) _wait = 0;
            return;
        }
        // Keras never stops after the very first epoch.
        if (_wait < Patience || epoch == 0) return;
        StoppedEpoch = epoch;
        Model.StopTraining = true;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        if (StoppedEpoch is { } epoch && Verbose > 0) Report(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: early stopping"));
        if (_bestWeights.Count == 0) return;
        if (Verbose > 0) Report(string.Create(CultureInfo.InvariantCulture, $"Restoring model weights from the end of the best epoch: {BestEpoch + 1}."));
        Model.SetWeights(_bestWeights);
        Keep([]);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(CallbackState state)
    {
        state.Set("best", _best);
        state.Set("stopped_epoch", StoppedEpoch);
        state.Numbers["wait"] = _wait;
        state.Numbers["best_epoch"] = BestEpoch;
        state.Tensors["best_weights"] = _bestWeights;
    }

    /// <inheritdoc/>
    protected internal override void RestoreState(CallbackState state)
    {
        (_best, StoppedEpoch) = (state.Get("best"), (int?)state.Get("stopped_epoch"));
        (_wait, BestEpoch) = ((int)state.Numbers["wait"], (int)state.Numbers["best_epoch"]);
        Keep([.. state.Tensors["best_weights"].Select(t => t.clone().DetachFromDisposeScope())]);
    }

    private void KeepWeights(int epoch)
    {
        BestEpoch = epoch;
        // They outlive the epoch, whatever scope the caller has around Fit.
        Keep([.. Model.GetWeights().Select(t => t.DetachFromDisposeScope())]);
    }

    private void Keep(IReadOnlyList<Tensor> weights)
    {
        foreach (var tensor in _bestWeights) tensor.Dispose();
        _bestWeights = weights;
    }
}
