using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NarrowSummary(int width) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Summary: a line of {width} characters is too short for the table. Give lineLength: 60 or more."));

    public static KerasException SummaryPositions(int expected, int received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Summary: positions must hold the end of each of the {expected} columns (Trainable not counted) but holds {received}. Leave it out for Keras's columns."));

    public static KerasException SummaryRange(Model model, string first, string last) =>
        new($"Summary: no layer of '{model.Name}' matches '{first}' or '{last}'. Its layers are {Names(model.Layers.Select(l => l.Name))}.");

    public static KerasException DiagramNotBuilt(Model model) =>
        new($"Diagram: the shapes of '{model.Name}' are not known yet. Begin the model with Input(…) or inputShape: …, or call it on data first.");

    public static KerasException UnknownLayer(Model model, string name, IReadOnlyCollection<string> known)
    {
        var near = known.OrderBy(k => EditDistance(k, name)).Take(5).Select(k => $"'{k}'");
        return new($"Model '{model.Name}' has no layer '{name}'. {(known.Count <= 5 ? "Its layers are" : "The nearest names are")} {string.Join(", ", near)}; model.Summary() lists all.");
    }

    public static KerasException AmbiguousLayer(Model model, string name, IEnumerable<string> paths) =>
        new($"Model '{model.Name}' has several layers '{name}' in its nested models. Say which: {string.Join(" or ", paths.Select(p => $"'{p}'"))}.");

    public static KerasException LayerIndex(Model model, Index index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Model '{model.Name}' has no layer number {index}: it has {model.Layers.Count} layers, counted from 0, or from the end with ^1."));

    public static KerasException LayerNotRun(Model model, Layer layer) =>
        new($"Model '{model.Name}' does not run {layer.Where}, so it cannot be read there. Take a layer of model.Layers, or of a model nested in it.");

    public static KerasException LayerRunsTwice(Model model, Layer layer, int calls) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Model '{model.Name}' runs {layer.Where} {calls} times, so it is not clear which output to read. Read a layer behind it, or build new Model(inputs, outputs) that ends at layer.OutputAt(call)."));

    public static KerasException ReaderInputs(Model model, int inputs) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Model '{model.Name}' takes {inputs} inputs but received one tensor. Pass one tensor per input: reader.Read([a, b])."));

    public static KerasException NothingDraws(Model model) =>
        new($"MonteCarlo.Predict expects a model with layers that draw random numbers, but '{model.Name}' has none, so that all passes would agree. Put a Dropout or StochasticDepth into it and train it so.");

    public static KerasException NoProbabilities(double least, double most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"MonteCarloPrediction: an entropy is one of probabilities, from 0 to 1, but the mean outputs reach from {least:G4} to {most:G4}. End the model with softmax or sigmoid, or use StandardDeviation."));

    public static KerasException OneProbability(Shape received) =>
        new($"MonteCarloPrediction.MutualInformation expects the probabilities of at least two classes along the last axis but the outputs are {received}. Give the model one output per class with softmax, or use StandardDeviation.");
}
