using DeepKeras.Serialization;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException StateDictRule(string layer, string key, string problem) =>
        new($"The rule (\"{layer}\", \"{key}\") of the StateDictMap cannot be used: {problem}. On the left write {{s}} for a number, {{b:a}} for a letter or {{n:*}} for a word, each name once; on the right the same names, numbers and letters with an offset if need be: {{s-1}}.");

    public static KerasException StateDictTwice(string key, string first, string second) =>
        new($"The StateDictMap gives the key '{key}' to two weights, {first} and {second}. Make the rules tell the layers apart.");

    public static KerasException StateDictUnmatched(Model model, IReadOnlyList<string> layers) =>
        new($"The StateDictMap has no rule for {layers.Count} layers of model '{model.Name}': {Names(layers)}. Add rules for them; a right side of \"\" leaves a layer out.");

    public static KerasException StateDictMismatch(string source, Model model, WeightReport report) =>
        new($"The state dict in {source} does not fit model '{model.Name}'; nothing was changed. {report.Loaded.Count} of {report.Loaded.Count + report.Missing.Count + report.Mismatching.Count} keys fit:\n{report}\nCorrect the StateDictMap or the model; keys that the model does without go into ignore, a right side of \"\" leaves a layer out, and skipMismatch: true loads what fits.");

    public static KerasException StateDictEnding(string path) =>
        new($"{path}: a state dict is written to .pth, .pt or .safetensors, not to '{Path.GetExtension(path)}'. End the name in one of them.");

    public static KerasException MapNeeded(string path) =>
        new($"{path}: a PyTorch file has keys of its own, which say nothing about the layers here. Pass a StateDictMap from layers to keys as the second argument.");
}
