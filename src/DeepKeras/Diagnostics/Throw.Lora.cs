using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException LoraConstraint(Layer layer, Weight weight) =>
        new($"{layer.Where} expects a {weight.Name} without constraint for low-rank adaptation but its {weight.Name} has a {weight.Constraint!.GetType().Name}, which would not see the change. Create the layer without it.");

    public static KerasException LoraTwice(Layer layer, Weight weight) =>
        new($"{layer.Where} expects to be adapted once but its {weight.Name} has low-rank matrices already. Go on training those, or save the model in Keras's format, which merges them, and load that.");

    public static KerasException LoraRank(string owner, long rank) =>
        BadArgument(owner, "loraRank", "a positive number", rank, "Usual are 4, 8 or 16; leave it out to train the weight itself.");
}
