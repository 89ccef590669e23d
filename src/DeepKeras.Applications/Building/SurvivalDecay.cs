namespace DeepKeras.Applications.Building;

/// <summary>How stochastic depth thins a residual network out: the survival probability of its blocks falls linearly (Huang et al. 2016, equation 4).</summary>
/// <param name="Blocks">How many blocks there are, L.</param>
/// <param name="Final">The survival probability of the last one, p_L.</param>
/// <param name="Mode">Whether each sample or each batch has a draw.</param>
/// <param name="ScaleAtInference">Whether inference weighs the branch, as in the paper, instead of training.</param>
internal sealed record SurvivalDecay(int Blocks, double Final, string Mode, bool ScaleAtInference)
{
    /// <summary>The probability that block l of L is dropped, 1 − p_l = l / L · (1 − p_L).</summary>
    /// <param name="block">l, from 1.</param>
    public double Rate(int block) => (double)block / Blocks * (1 - Final);
}
