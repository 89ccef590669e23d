using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>Lowers the learning rate when a figure has stopped improving (Keras: <c>keras.callbacks.ReduceLROnPlateau</c>).</summary>
/// <remarks>
/// After <see cref="Patience"/> epochs without improvement the rate becomes <c>max(rate · factor, minLR)</c>, and the next <see cref="Cooldown"/> epochs are not counted.
/// The history gets a <c>learning_rate</c> column. The optimizer must have been made with a number, not with a schedule.
/// <code>model.Fit(x, y, epochs: 50, validationSplit: 0.1, callbacks: [new ReduceLROnPlateau(factor: 0.2, patience: 5, minLR: 1e-5)]);</code>
/// </remarks>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitored _monitored;
    private double? _best;
    private int _wait;
    private int _cooling;

    /// <summary>Creates the callback.</summary>
    /// <param name="monitor">A name in the logs; <c>"val_loss"</c> by default.</param>
    /// <param name="factor">What the rate is multiplied by, below 1.</param>
    /// <param name="patience">Epochs without improvement after which it is lowered.</param>
    /// <param name="verbose">1 to say when it acts.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c> to ask the metric.</param>
    /// <param name="minDelta">Least change that counts as an improvement.</param>
    /// <param name="cooldown">Epochs that are not counted after a change.</param>
    /// <param name="minLR">The rate never goes below it.</param>
    /// <exception cref="KerasException">The mode is unknown, or the factor is not below 1.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        string mode = "auto",
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLR = 0)
    {
        if (factor is not (>= 0 and < 1)) throw Throw.BadArgument(nameof(ReduceLROnPlateau), nameof(factor), "at least 0 and below 1", factor, "0.1 divides the rate by ten.");
        _monitored = new Monitored(this, monitor, mode, minDelta);
        Monitor = monitor;
        Factor = factor;
        Patience = patience;
        Verbose = verbose;
        Mode = mode;
        MinDelta = Math.Abs(minDelta);
        Cooldown = cooldown;
        MinLR = minLR;
    }

    /// <summary>The name in the logs.</summary>
    public string Monitor { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>Epochs without improvement after which it is lowered.</summary>
    public int Patience { get; }

    /// <summary>1 to say when it acts.</summary>
    public int Verbose { get; }

    /// <summary>Which direction is better.</summary>
    public string Mode { get; }

    /// <summary>Least change that counts.</summary>
    public double MinDelta { get; }

    /// <summary>Epochs that are not counted after a change.</summary>
    public int Cooldown { get; }

    /// <summary>The rate never goes below it.</summary>
    public double MinLR { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        (_best, _wait, _cooling) = (null, 0, 0);
        LearningRates.CheckFixed(this, Model.Optimizer);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        var optimizer = Model.Optimizer!;
        LearningRates.Log(optimizer, logs);
        if (_monitored.Read(epoch, logs) is not { } current) return;
        if (_cooling > 0)
        {
            _cooling--;
            _wait = 0;
        }
        if (_monitored.Improves(current, _best))
        {
            _best = current;
            _wait = 0;
            return;
        }
        if (_cooling > 0 || ++_wait < Patience || optimizer.Parts.All(part => part.CurrentLearningRate <= MinLR)) return;
        foreach (var part in optimizer.Parts)
        {
            if (part.CurrentLearningRate <= MinLR) continue;
            var lower = Math.Max(part.CurrentLearningRate * Factor, MinLR);
            part.LearningRate = lower;
            if (Verbose > 0) Report(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: ReduceLROnPlateau reducing {LearningRates.Noun(optimizer, part)} to {lower:G6}."));
        }
        (_cooling, _wait) = (Cooldown, 0);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(CallbackState state)
    {
        state.Set("best", _best);
        state.Numbers["wait"] = _wait;
        state.Numbers["cooling"] = _cooling;
    }

    /// <inheritdoc/>
    protected internal override void RestoreState(CallbackState state) =>
        (_best, _wait, _cooling) = (state.Get("best"), (int)state.Numbers["wait"], (int)state.Numbers["cooling"]);
}
