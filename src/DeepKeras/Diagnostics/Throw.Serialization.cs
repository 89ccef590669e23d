using System.Text.Json.Nodes;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException ConfigFamily(Type type) =>
        new($"{type.Name} has no config. Only layers, models, losses, metrics, optimizers, initializers, regularizers, constraints and schedules do; derive the class from one of their bases.");

    public static KerasException ConfigConstructors(Type type) =>
        new($"{type.Name} has {type.GetConstructors().Length} public constructors where a config needs exactly one. Keep the one with all parameters (defaults for the optional ones) and make the others static methods.");

    public static KerasException ConfigProperty(Type type, string parameter) =>
        new($"{type.Name} cannot be saved: its constructor parameter '{parameter}' has no public property '{char.ToUpperInvariant(parameter[0])}{parameter[1..]}'. Add 'public … {char.ToUpperInvariant(parameter[0])}{parameter[1..]} {{ get; }}' with the value that recreates the object.");

    public static KerasException ConfigActivation(string where, string name) =>
        new($"{where}: the function '{name}' is not known by name, so that it cannot be saved. Make it with ActivationFunction.Create(\"my_name\", f) and call ActivationFunction.Register before saving and before loading.");

    public static KerasException ConfigValue(string where, Type type) =>
        new($"{where}: a value of type {type.Name} is code or a live object, not data, so that it cannot be saved. Put it into a class of its own derived from Layer (register it with Keras.Register<Layer>(typeof(…))), or save the weights alone with SaveWeights.");

    public static KerasException ConfigType(string where, string expected, JsonNode found) =>
        new($"{where} expects {expected} but the config holds {Short(found)}. Correct the value, or leave the key out for its default.");

    public static KerasException ConfigEnvelope(string noun, string key, JsonObject found) =>
        new($"The config of a {noun} needs a text '{key}' but its keys are {Names(found.Select(p => p.Key))}. Pass what ObjectConfig.Write or ToJson wrote.");

    public static KerasException ConfigMissing(string type, string key, IEnumerable<string> present) =>
        new($"The config of {type} lacks '{key}', which has no default; it holds {Names(present)}. Add the key.");

    public static KerasException ConfigUnknownKey(string type, string key, JsonNode? value, IEnumerable<string> known) =>
        new($"The config of {type} holds '{key}' = {Short(value)}, which {type} does not have here. Its keys are {Names(known)}. Remove the key if the model does without.");

    public static KerasException ConfigSubclass(Model model) =>
        new($"{model.Where} is a class derived from Model, which the file format does not know. Save its weights with SaveWeights and rebuild the model in code, or build it with Sequential or new Model(inputs, outputs).");

    public static KerasException ConfigGraph(string model, string problem) =>
        new($"The config of model '{model}' cannot be rebuilt: {problem}. Use the text that ToJson wrote, unchanged.");

    public static KerasException ConfigText(string problem) =>
        new($"This is not the JSON of a model: {FirstLine(problem)} Pass the text that ToJson wrote.");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'")) is { Length: > 0 } all ? all : "none";

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
