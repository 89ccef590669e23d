using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException DropRate(string owner, double rate) =>
        BadArgument(owner, "rate", "between 0 and 1", rate, "Give the share to drop: 0.25 drops a quarter.");

    public static KerasException NoiseShape(Layer layer, Shape noiseShape, Shape received) => BadInput(
        layer,
        $"an input that the noiseShape {noiseShape} can be stretched to",
        received,
        "Give noiseShape as many axes as the input, batch included: 1 where the mask repeats, null elsewhere.");
}
