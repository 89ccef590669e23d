using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException EmptyModel(string model, string what) =>
        new($"Model '{model}' has no {what}. Pass at least one symbolic tensor: new Model(inputs: [x], outputs: [y]).");

    public static KerasException RepeatedInput(string model) =>
        new($"Model '{model}' was given the same tensor twice among its inputs. List each input once; layers may use it as often as they like.");

    public static KerasException Cycle(string model, Layer layer) =>
        new($"The graph of model '{model}' runs in a circle through {layer.Where}. A layer's output cannot be its own input; use a new call of the layer.");

    public static KerasException Disconnected(string model, KerasTensor tensor, IReadOnlyCollection<KerasTensor> inputs) =>
        new($"The graph of model '{model}' is disconnected: its outputs need '{tensor.Name}' {tensor.Shape}, which is not among the inputs ({string.Join(", ", inputs.Select(i => $"'{i.Name}' {i.Shape}"))}). Add that Input to 'inputs', or build the outputs from the inputs given.");

    public static KerasException RepeatedName(string model, string name, IReadOnlyList<Layer> layers) =>
        new($"Model '{model}' has {layers.Count} layers named '{name}' ({string.Join(", ", layers.Select(l => l.GetType().Name))}). Names must be unique: give one of them another name: ….");

    public static KerasException NoSuchLayer(Model model, string name) =>
        new($"Model '{model.Name}' has no layer '{name}'. Its layers are: {string.Join(", ", model.Layers.Select(l => l.Name))}.");

    public static KerasException NoSuchLayer(Model model, int index) =>
        new($"Model '{model.Name}' has no layer number {index}: it has {model.Layers.Count} layers, counted from 0.");

    public static KerasException LayerRange(Model model, Range range, int count) =>
        new($"Model '{model.Name}' has {count} layers, so the range {range} cannot be taken of them. Write for example ..{Math.Max(count - 1, 0)} or ^1.. .");

    public static KerasException NothingFrozen(Model model) =>
        new($"Model '{model.Name}' has no frozen part behind its inputs that could be computed once: its first layers learn, or vary their output in training. Freeze it first: model.Freeze(..^1).");

    public static KerasException AllFrozen(Model model) =>
        new($"Model '{model.Name}' is frozen as a whole, so there is nothing to train. Unfreeze its head: model.Unfreeze(^1..).");

    public static KerasException UnbuiltModel(Model model, string action) =>
        new($"Model '{model.Name}' cannot {action}: its input shape is not known yet. Give the first layer inputShape: …, start with Input(…), or call Fit or Predict on data first.");

    public static KerasException EmptySequential(Model model) =>
        new($"Sequential '{model.Name}' has no layers. Add some: model.Add(Dense(10)).");

    public static KerasException InputInTheMiddle(Model model, Layer layer) =>
        new($"Sequential '{model.Name}' already has {model.Layers.Count} layers, so {layer.Where} cannot be added: an Input must come first.");

    public static KerasException LastOutputs(Model model, Layer layer, int count) =>
        new($"Sequential '{model.Name}' needs layers with one output, but {layer.Where} has {count}. Use the functional API: new Model(inputs, outputs).");

    public static KerasException InputCount(Model model, int expected, int received) =>
        new($"Model '{model.Name}' expects {expected} input{(expected == 1 ? "" : "s")} ({string.Join(", ", model.Inputs.Select(i => $"'{i.Name}' {i.Shape}"))}) but received {received}. Pass them in that order, or as a dictionary by name.");

    public static KerasException InputShape(Model model, KerasTensor input, long[] received, string hint) =>
        new($"Model '{model.Name}': input '{input.Name}' expects shape {input.Shape} but received {new Shape(received)}. {hint}");

    public static KerasException NotAnInput(KerasTensor tensor) =>
        new($"Only an Input can stand as the first element of a Sequential, but '{tensor.Name}' comes from {tensor.Layer.Where}. Add the layer itself, or use new Model(inputs, outputs).");
}
