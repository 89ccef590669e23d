using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NotASequence(Layer layer, Shape received) => BadInput(
        layer,
        "a sequence (batch, steps, …) of at least one step",
        received,
        "Build the model with Input((steps, features)); (null, features) takes sequences of any length.");

    public static KerasException StepFeatures(Layer cell, long? expected, Shape received) => BadInput(
        cell,
        expected is null ? "steps (batch, features) with a known number of features" : $"steps of {expected} features, (batch, {expected}),",
        received,
        "Give Input the number of features on its last axis, as in Input((null, 8)).");

    public static KerasException StateCount(Layer layer, int expected, int received) =>
        new($"{layer.Where} expects no states behind its input or all {expected} but received {received}. Pass them one by one, as in lstm.Apply(x, h, c).");

    public static KerasException StateShape(Layer layer, int index, Shape expected, Shape received) =>
        new($"{layer.Where} expects its state {index + 1} in the shape {expected} but received {received}. States have the shapes that returnState: true gives.");

    public static KerasException StatefulBatch(Layer layer, long expected, long received) =>
        new($"{layer.Where} is stateful and holds the states of {expected} sequences but received a batch of {received}. Use batches of one size (a data set whose length it divides), or call ResetStates() first.");

    public static KerasException NotACell(string owner, Layer received) =>
        BadArgument(owner, "cell", "a RecurrentCell", received.Where, "Use SimpleRNNCell, LSTMCell, GRUCell, StackedRNNCells or a cell of your own; LSTM and GRU are whole layers.");

    public static KerasException NotRecurrent(string owner, string argument, Layer received) =>
        BadArgument(owner, argument, "a recurrent layer", received.Where, "Wrap SimpleRNN, LSTM, GRU, RNN or a ConvLSTM.");

    public static KerasException MergeMode(string owner, string received) =>
        BadArgument(owner, "mergeMode", "\"concat\", \"sum\", \"mul\", \"ave\" or null", $"\"{received}\"", "null gives both directions as two outputs.");

    public static KerasException DirectionsDiffer(string owner, string option, object forward, object backward) =>
        new($"{owner}: the two layers must agree in {option} but have {forward} and {backward}. Give the backward layer the same setting.");

    public static KerasException SameDirection(string owner, bool received) =>
        new($"{owner}: one layer must run forwards and one backwards but both have goBackwards: {(received ? "true" : "false")}. Give the layer goBackwards: false and backwardLayer goBackwards: true.");

    public static KerasException NoSequenceKernel(string owner, string obstacle) =>
        new($"{owner}: useCudnn: true expects what torch's kernel for whole sequences has (tanh and sigmoid, a bias, no recurrentDropout, resetAfter) but received {obstacle}. Leave useCudnn at \"auto\", which goes step by step where it must.");
}
