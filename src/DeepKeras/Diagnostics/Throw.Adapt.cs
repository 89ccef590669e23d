using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException AdaptNotWanted(Layer layer) =>
        new($"{layer.Where} already has the mean and variance given to its constructor, so Adapt has nothing to find. Leave mean and variance out of the constructor, or do not call Adapt.");

    public static KerasException NothingToAdapt(Layer layer) =>
        new($"{layer.Where} expects at least one sample to adapt to but received none. Check that the data is not empty.");
}
