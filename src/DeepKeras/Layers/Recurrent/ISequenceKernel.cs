namespace DeepKeras.Layers;

/// <summary>A cell that torch can run over whole sequences with one call.</summary>
internal interface ISequenceKernel
{
    /// <summary>Whether it can with the cell's settings, and with the gradients that are wanted now.</summary>
    /// <param name="training">Whether this is a training step.</param>
    bool Takes(bool training);

    /// <summary>Runs all steps.</summary>
    /// <param name="sequence">The inputs, <c>(N, steps, features)</c>.</param>
    /// <param name="states">The states before the first step, <c>(N, units)</c> each.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <returns>The outputs <c>(N, steps, units)</c> and the states after the last step.</returns>
    (Tensor Outputs, IReadOnlyList<Tensor> States) Run(Tensor sequence, IReadOnlyList<Tensor> states, bool training);
}
