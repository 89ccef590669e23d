using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException TextInGraph(Layer layer) =>
        new($"{layer.Where} expects texts but a model's graph, as every tensor, holds numbers only. Call it on the data before the model, layer.Call(texts) or dataset.Map(text => layer.Call(text)), and start the model with an Input for what comes out.");

    public static KerasException NotAdapted(Layer layer, string what, string fix) =>
        new($"{layer.Where} expects its {what} before it is used but has none. {fix}");

    public static KerasException AdaptGiven(Layer layer, string given, string? instead) =>
        new($"{layer.Where} already has the {given} given to its constructor, so Adapt has nothing to find. Leave {given} out of the constructor{(instead is null ? "" : $" and give {instead}")}, or do not call Adapt.");

    public static KerasException DepthChanged(Layer layer, long before, long after) =>
        new($"{layer.Where} was built with vectors of {before} categories but would now make vectors of {after}. Call Adapt or SetVocabulary before the layer is used, or fix the length with padToMaxTokens: true.");

    public static KerasException CategoryOutOfRange(Layer layer, long categories, long received) =>
        BadInput(layer, $"category numbers from 0 to {categories - 1}", received, "Raise numTokens, or map the categories to such numbers with an IntegerLookup.");

    public static KerasException MaskKind(Layer layer, string expected, string received) =>
        BadInput(layer, $"{expected}, as its maskValue is,", received, $"Give a maskValue of the kind of the data, or convert the data to {expected}.");

    public static KerasException IdfWeights(Layer layer, OutputMode mode, Numbers? weights) => BadArgument(
        layer.Where,
        "idfWeights",
        mode == OutputMode.TfIdf ? "given with a vocabulary in mode tf_idf" : $"left out in mode {mode}",
        weights,
        mode == OutputMode.TfIdf ? "Give one weight for each token, or learn both with Adapt(data)." : "Only outputMode: \"tf_idf\" weighs tokens.");

    public static KerasException TokenRepeated(Layer layer, object token, int times) =>
        BadArgument(layer.Where, "vocabulary", "a list without repetitions", $"'{token}' {times} times", "Keep each token once.");

    public static KerasException TokenReserved(Layer layer, string kind, object token, string special) =>
        BadArgument(layer.Where, "vocabulary", $"a list that has its special tokens ({special}) in front, in this order, or none of them", $"one with the {kind} token '{token}' elsewhere", "Take the special tokens out.");

    public static KerasException VocabularyFileMissing(string path) =>
        new($"The vocabulary file {path} is expected but does not exist. Give the path of a text file with a token in each line, or the tokens themselves.");

    public static KerasException VocabularyLine(string path, int line, string text) =>
        new($"{path}, line {line}: a whole number is expected but received \"{text}\". Put one token into each line, or use a StringLookup.");
}
