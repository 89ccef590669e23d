namespace DeepKeras.Callbacks;

/// <summary>Ends training when the loss is no longer a finite number (Keras: <c>keras.callbacks.TerminateOnNaN</c>).</summary>
/// <remarks>It reads the loss after every batch, which costs a round trip to the device.
/// <code>model.Fit(x, y, callbacks: [new TerminateOnNaN()]);</code></remarks>
/// <param name="raiseError">Whether to throw in place of stopping.</param>
public sealed class TerminateOnNaN(bool raiseError = false) : Callback
{
    /// <summary>Whether to throw in place of stopping.</summary>
    public bool RaiseError { get; } = raiseError;

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        if (!logs.TryGetValue("loss", out var loss) || double.IsFinite(loss)) return;
        if (RaiseError) throw Throw.InvalidLoss(this, batch, loss);
        Report($"Batch {batch}: Invalid loss, terminating training");
        Model.StopTraining = true;
    }
}
