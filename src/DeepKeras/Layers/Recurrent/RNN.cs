using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// Runs a cell over the steps of a sequence (Keras: <c>keras.layers.RNN</c>): a <see cref="RecurrentCell"/> of one's own, one of the cells here, or several
/// on top of each other (<see cref="StackedRNNCells"/>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, steps, …) → (N, …)</c>, with <c>returnSequences</c> <c>(N, steps, …)</c>, and the cell's states with <c>returnState</c>.
/// <code>var t = RNN(StackedRNNCells([LSTMCell(64), LSTMCell(32)]))(Input((null, 8))); // (None, 32)</code>
/// </remarks>
public sealed class RNN : RecurrentLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cell">What is done at every step; it belongs to this layer alone.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are returned instead of the last one.</param>
    /// <param name="returnState">Whether the states after the last step are returned as further outputs.</param>
    /// <param name="goBackwards">Whether the sequence is read from its end; outputs come in the order of reading.</param>
    /// <param name="stateful">Whether a batch starts from the states that the batch before ended with; all batches must have one size then.</param>
    /// <param name="unroll">Kept for Keras's files; it changes nothing here.</param>
    /// <param name="zeroOutputForMask">Whether masked steps give zeros instead of the output before.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="cell"/> is no cell.</exception>
    public RNN(
        Layer cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        Regularizer? activityRegularizer = null,
        Shape? inputShape = null,
        string? name = null)
        : base(cell as RecurrentCell ?? throw Throw.NotACell(nameof(RNN), cell), returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, activityRegularizer, inputShape, name)
    {
    }
}
