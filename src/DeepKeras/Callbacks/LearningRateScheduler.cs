using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>Sets the learning rate before each epoch (Keras: <c>keras.callbacks.LearningRateScheduler</c>).</summary>
/// <remarks>
/// The history gets a <c>learning_rate</c> column. The optimizer must have been made with a number; for a rate per step pass a schedule to the optimizer.
/// <code>model.Fit(x, y, epochs: 20, callbacks: [new LearningRateScheduler((epoch, rate) => epoch &lt; 10 ? rate : rate * 0.9)]);</code>
/// </remarks>
/// <param name="schedule">The new rate from the epoch (from 0) and the rate so far.</param>
/// <param name="verbose">1 to say the rate of each epoch.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0) : Callback
{
    /// <summary>The new rate from the epoch (from 0) and the rate so far.</summary>
    public Func<int, double, double> Schedule { get; } = schedule;

    /// <summary>1 to say the rate of each epoch.</summary>
    public int Verbose { get; } = verbose;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        LearningRates.CheckFixed(this, Model.Optimizer);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs)
    {
        var optimizer = Model.Optimizer!;
        foreach (var part in optimizer.Parts)
        {
            var rate = Schedule(epoch, part.CurrentLearningRate);
            part.LearningRate = rate;
            if (Verbose > 0) Report(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: LearningRateScheduler setting {LearningRates.Noun(optimizer, part)} to {rate:G6}."));
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => LearningRates.Log(Model.Optimizer!, logs);
}
