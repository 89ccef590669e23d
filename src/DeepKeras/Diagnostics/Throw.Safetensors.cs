using DeepKeras.Serialization;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException Safetensors(string source, string problem) =>
        new($"{source} is no usable safetensors file: {problem}. Get a whole copy of it, or write it again.");

    public static KerasException SafetensorsKey(string source, string key, IEnumerable<string> known) =>
        new($"{source}: {UnknownName("tensor", key, known).Message}");

    public static KerasException SafetensorsType(ScalarType type) =>
        new($"A tensor of {type} cannot be written to a safetensors file, which knows {string.Join(", ", Serialization.SafetensorsType.Names)}. Convert it with to_type first.");

    public static KerasException SafetensorsTwice(string key) =>
        new($"Two tensors bear the key '{key}'. Give every tensor of a file a name of its own.");

    public static KerasException WeightFileMissing(string path) =>
        new($"The file {path} does not exist. Check the path; relative ones start at {Environment.CurrentDirectory}.");

    public static KerasException WeightMismatch(string source, Model model, WeightReport report) =>
        new($"The weights in {source} do not fit model '{model.Name}'; nothing was changed. {report.Loaded.Count} of {report.Loaded.Count + report.Missing.Count + report.Mismatching.Count} weights fit:\n{report}\nBuild the model as it was when the weights were saved, or pass skipMismatch: true to load what fits.");

    public static KerasException ForeignName(string path, string wanted) =>
        new($"{path}: the ending {Path.GetExtension(path)} belongs to another format, which is not written here. End the name in {wanted}.");

    public static KerasException ModelFile(string path, string problem) =>
        new($"{path} is no usable model file: {problem}. Pass a file that model.Save wrote; weights alone are read with model.LoadWeights.");

    public static KerasException ModelFileMissing(string path) =>
        new($"The model file {path} does not exist. Check the path; relative ones start at {Environment.CurrentDirectory}.");

    public static KerasException LossIsCode(Model model) =>
        new($"The loss of model '{model.Name}' is a function, which cannot be saved. Derive a class from Loss and register it with Keras.Register<Loss>(typeof(…)), or save with includeOptimizer: false and compile again after loading.");
}
