namespace DeepKeras.Callbacks;

/// <summary>Evaluates and predicts with the moving average of the weights, and trains on with the weights themselves (Keras: <c>keras.callbacks.SwapEMAWeights</c>).</summary>
/// <remarks>
/// The optimizer must keep an average. With <see cref="SwapOnEpoch"/> the average also stands in for the weights while the other callbacks see the end of an epoch,
/// so that a <see cref="ModelCheckpoint"/> after this one saves it.
/// <code>model.Compile(new Adam(useEma: true), loss: "mse");
/// model.Fit(x, y, validationSplit: 0.1, callbacks: [new SwapEMAWeights()]);</code>
/// </remarks>
/// <param name="swapOnEpoch">Whether the average also stands in from the end of an epoch to the beginning of the next.</param>
public sealed class SwapEMAWeights(bool swapOnEpoch = false) : Callback
{
    /// <summary>Whether the average also stands in between epochs.</summary>
    public bool SwapOnEpoch { get; } = swapOnEpoch;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs) => Show(average: false);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (SwapOnEpoch) Show(average: true);
    }

    /// <inheritdoc/>
    public override void OnTestBegin(Logs logs) => Show(average: true);

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs) => Show(average: false);

    /// <inheritdoc/>
    public override void OnPredictBegin(Logs logs) => Show(average: true);

    /// <inheritdoc/>
    public override void OnPredictEnd(Logs logs) => Show(average: false);

    private void Show(bool average)
    {
        if (Model.Optimizer is not { UseEma: true } optimizer) throw Throw.CallbackNeedsAverage(this);
        if (average != optimizer.ShowsAverage) optimizer.SwapAverage();
    }
}
