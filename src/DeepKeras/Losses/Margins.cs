namespace DeepKeras.Losses;

/// <summary>The margins that both hinge losses sum up.</summary>
internal static class Margins
{
    /// <summary>max(1 − y · ŷ, 0), with targets of 0 and 1 read as −1 and 1.</summary>
    public static Tensor Of(Tensor yTrue, Tensor yPred)
    {
        // y² = y for every element means that all are 0 or 1. The choice stays on the device: no host read in a step.
        var allBinary = yTrue.mul(yTrue).eq(yTrue).all();
        var signed = torch.where(allBinary, yTrue.mul(2).sub(1), yTrue);
        return AtLeastZero(signed.mul(yPred).neg().add(1));
    }

    /// <summary>max(x, 0), with half the slope at 0, as Keras has it on PyTorch.</summary>
    public static Tensor AtLeastZero(Tensor x) => torch.maximum(x, torch.zeros_like(x));
}
