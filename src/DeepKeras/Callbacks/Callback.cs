namespace DeepKeras.Callbacks;

/// <summary>Code that runs at fixed points of <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c>. Override what is needed.</summary>
/// <remarks>The order is <c>OnTrainBegin</c>, then per epoch <c>OnEpochBegin</c>, per batch <c>OnTrainBatchBegin</c> and <c>OnTrainBatchEnd</c>,
/// the validation's <c>OnTest…</c>, <c>OnEpochEnd</c>, and at last <c>OnTrainEnd</c>.</remarks>
public abstract class Callback
{
    /// <summary>The model at work; set before the first hook.</summary>
    public Model Model { get; internal set; } = null!;

    /// <summary>Epochs, steps per epoch and verbosity of this run; set before the first hook.</summary>
    public RunInfo Run { get; internal set; } = null!;

    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin(Logs logs)
    {
    }

    /// <summary>After the last epoch.</summary>
    public virtual void OnTrainEnd(Logs logs)
    {
    }

    /// <summary>Before an epoch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void OnEpochBegin(int epoch, Logs logs)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="logs">The epoch's figures; values added here become columns of the history.</param>
    public virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>Before a training step.</summary>
    /// <param name="batch">The step within the epoch, from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void OnTrainBatchBegin(int batch, Logs logs)
    {
    }

    /// <summary>After a training step, still inside its dispose scope: a tensor to keep needs <c>DetachFromDisposeScope()</c>.</summary>
    /// <param name="batch">The step within the epoch, from 0.</param>
    /// <param name="logs">Running figures, read from the device when asked for.</param>
    public virtual void OnTrainBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Before an evaluation or a validation.</summary>
    public virtual void OnTestBegin(Logs logs)
    {
    }

    /// <summary>After an evaluation or a validation.</summary>
    public virtual void OnTestEnd(Logs logs)
    {
    }

    /// <summary>Before a batch of an evaluation.</summary>
    public virtual void OnTestBatchBegin(int batch, Logs logs)
    {
    }

    /// <summary>After a batch of an evaluation.</summary>
    public virtual void OnTestBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Before a prediction.</summary>
    public virtual void OnPredictBegin(Logs logs)
    {
    }

    /// <summary>After a prediction.</summary>
    public virtual void OnPredictEnd(Logs logs)
    {
    }

    /// <summary>Before a batch of a prediction.</summary>
    public virtual void OnPredictBatchBegin(int batch, Logs logs)
    {
    }

    /// <summary>After a batch of a prediction.</summary>
    public virtual void OnPredictBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Hands over what this callback has counted, for a backup of the training; nothing by default.</summary>
    /// <param name="state">Takes numbers, texts and tensors by name.</param>
    protected internal virtual void SaveState(CallbackState state)
    {
    }

    /// <summary>Takes back what <see cref="SaveState"/> handed over, after <see cref="OnTrainBegin"/> of a resumed run. A callback that handed nothing over is not asked.</summary>
    /// <param name="state">What was handed over.</param>
    protected internal virtual void RestoreState(CallbackState state)
    {
    }

    /// <summary>Writes a line for the person at the terminal, above the progress line.</summary>
    /// <param name="message">The text.</param>
    protected void Report(string message) => Run.Output.WriteLine(message);
}
