namespace DeepKeras.Callbacks;

/// <summary>A callback made of functions (Keras: <c>keras.callbacks.LambdaCallback</c>).</summary>
/// <remarks><code>model.Fit(x, y, callbacks: [new LambdaCallback(onEpochEnd: (epoch, logs) => rates.Add(logs["loss"]))]);</code></remarks>
/// <param name="onEpochBegin">Before an epoch: epoch from 0, logs.</param>
/// <param name="onEpochEnd">After an epoch.</param>
/// <param name="onTrainBegin">Before training.</param>
/// <param name="onTrainEnd">After training.</param>
/// <param name="onTrainBatchBegin">Before a batch: batch from 0, logs.</param>
/// <param name="onTrainBatchEnd">After a batch; figures are read from the device only if the function asks for them.</param>
public sealed class LambdaCallback(
    Action<int, Logs>? onEpochBegin = null,
    Action<int, Logs>? onEpochEnd = null,
    Action<Logs>? onTrainBegin = null,
    Action<Logs>? onTrainEnd = null,
    Action<int, Logs>? onTrainBatchBegin = null,
    Action<int, Logs>? onTrainBatchEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs) => onEpochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs) => onTrainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs) => onTrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, Logs logs) => onTrainBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => onTrainBatchEnd?.Invoke(batch, logs);
}
