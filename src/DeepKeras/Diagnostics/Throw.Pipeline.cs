namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException MapFailed(long element, Exception failure) =>
        new($"Map failed at element {element} (counted from 0 in its pass): {failure.GetType().Name}: {failure.Message} The inner exception says where. Mend the function, or leave such elements out with Filter() before it.", failure);

    public static KerasException MapOfPair(string what, int inputs, int targets) =>
        new($"Map((x, y) => …) expects one input and one target per {what} but received {inputs} and {targets}. Use Map({what} => {what} with {{ Inputs = …, Targets = … }}).");

    public static KerasException CacheEndless() =>
        new("Cache() keeps one complete pass, but this data set is endless. Put Cache() before Repeat(), or Take() a number of elements first.");

    public static KerasException Endless(string action, string argument) =>
        new($"{action} reads the Dataset to its end, but it is endless. Pass {argument}, or leave Repeat() out.");

    public static KerasException SampleShape(string what, long first, string expected, long index, string received) =>
        new($"Batch() expects samples of one shape and type: {what} of element {first} is {expected}, but that of element {index} is {received}. Resize, pad or convert the samples in a Map() before it, or use Batch(1).");

    public static KerasException SampleParts(string what, long first, int expected, long index, int received) =>
        new($"Batch() expects samples with the same parts: element {first} has {expected} {what}(s), but element {index} has {received}. Give every sample the same number of tensors.");

    public static KerasException TorchListLength(int length, int targets) =>
        new($"FromTorch expects lists of at least one input and {targets} target(s) but received a list of {length}. Pass targets: with the number of targets at the end of each list.");

    public static KerasException WeightCount(int targets, int weights) =>
        new($"sampleWeight expects one tensor per target, {targets} here, but received {weights}. Pass one weight per sample and target: [a, b].");
}
