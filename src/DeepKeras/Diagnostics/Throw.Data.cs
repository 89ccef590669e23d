namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException UnknownDataName(string what, string name, IEnumerable<string> names) =>
        new($"The data has an {what} named '{name}', but the model's {what}s are: {string.Join(", ", names.Select(n => $"'{n}'"))}. Use those names as dictionary keys.");

    public static KerasException MissingDataName(string what, string name, IEnumerable<string> given) =>
        new($"The data lacks the {what} '{name}'; it has: {string.Join(", ", given.Select(n => $"'{n}'"))}. Add an entry of that name to the dictionary.");

    public static KerasException DataCount(string what, IReadOnlyList<string> names, int received) =>
        new($"The model has {names.Count} {what}{(names.Count == 1 ? "" : "s")} ({string.Join(", ", names.Select(n => $"'{n}'"))}) but received {received}. Pass one tensor per {what}: [a, b], or a dictionary by name.");

    public static KerasException NestedData(string what) =>
        new($"An {what} was given as a list inside a list. Pass one tensor or array per {what}.");

    public static KerasException ArrayType(Type element) =>
        new($"An array of {element.Name} cannot become a tensor. Use float, double, byte, short, int, long or bool.");

    public static KerasException RaggedArray(int row, int expected, int received) =>
        new($"An array of arrays must be rectangular, but row {row} has {received} elements where row 0 has {expected}. Pad the rows to one length.");

    public static KerasException EmptyData(string what) =>
        new($"There is no data: {what} has no samples. Check the path or the filter that produced it.");

    public static KerasException SampleCounts(IEnumerable<(string Name, long Count)> counts) =>
        new($"All arrays must have the same number of samples (first axis), but received {string.Join(", ", counts.Select(c => $"{c.Name} with {c.Count}"))}. Cut them to the same length.");

    public static KerasException NotFinite(string what, long row) =>
        new($"{what} holds a NaN or an infinity, first in sample {row}. Clean the data, or leave checkFinite off to train on it all the same.");

    public static KerasException MissingTargets(string action) =>
        new($"{action} needs targets to compare with, but y is missing. Pass y, or a Dataset whose batches have targets.");

    public static KerasException NoBatches(string action, int passesBefore) => passesBefore == 0
        ? new($"{action} expects at least one batch but the Dataset gave none. Check the path or the filter that it reads; if it was read before, Elements() must start again at every call.")
        : new($"{action} expects at least one batch per epoch but the Dataset gave none after {passesBefore} epoch{(passesBefore == 1 ? "" : "s")}. Let Elements() start again at every call: make the enumeration inside of it, not before.");

    public static KerasException BadSplit(double split, long samples) =>
        new($"validationSplit {split} of {samples} samples leaves one part empty. Choose a fraction between 0 and 1 so that both parts get at least one sample.");

    public static KerasException NotCompiled(Model model, string action) =>
        new($"Model '{model.Name}' is not compiled, so it cannot {action}. Call model.Compile(optimizer: \"adam\", loss: …) first.");

    public static KerasException NoLoss(Model model) =>
        new($"Model '{model.Name}' was compiled without a loss, so it cannot be trained. Call model.Compile(optimizer: …, loss: …).");

    public static KerasException LossCount(Model model, int outputs, int received) =>
        new($"Model '{model.Name}' has {outputs} output{(outputs == 1 ? "" : "s")} ({string.Join(", ", model.OutputNames)}) but {received} losses. Give one loss for all, one per output in order, or a dictionary by output name.");

    public static KerasException MetricCount(Model model, int outputs, int received) =>
        new($"Model '{model.Name}' has {outputs} outputs ({string.Join(", ", model.OutputNames)}) but metrics has {received} entries. Give one entry per output (a name or an array of names), or a dictionary by output name.");

    public static KerasException UnknownOutput(Model model, string what, string name) =>
        new($"Model '{model.Name}' has no output '{name}' (in {what}). Its outputs are: {string.Join(", ", model.OutputNames)}.");

    public static KerasException ClassWeightOutputs(Model model) =>
        new($"classWeight was given without output names, but '{model.Name}' has {model.Outputs.Count} outputs ({string.Join(", ", model.OutputNames)}). Pass a dictionary by output name.");

    public static KerasException BothWeights() =>
        new("classWeight and sampleWeight were both given. Multiply them into one sampleWeight.");

    public static KerasException SampleWeightShape(long[] values, long[] weights) =>
        new($"Sample weights must have the shape of the values they weigh, {new Shape(values)} in this batch, or its first axes, but have {new Shape(weights)}. Pass one weight per sample (n), or one per position.");

    public static KerasException EndedEarly(int wanted, int got) =>
        new($"The data ended after {got} of the {wanted} steps asked for. Lower stepsPerEpoch × epochs, or make the Dataset endless.");

    public static KerasException SequenceShape(int index, long[] expected, long[] received) =>
        new($"Sequence {index} has steps of shape {new Shape(received)} where the others have {new Shape(expected)}. Give every step of every sequence the same shape.");

    public static KerasException OutOfRange(string argument, string expected, object received) =>
        new($"{argument} must be {expected} but was {received}.");
}
