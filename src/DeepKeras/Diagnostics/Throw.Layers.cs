using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException LossTerm(Layer layer, Shape value) =>
        new($"{layer.Where} expects to add a scalar to the loss but received {value}. Reduce it first, with mean() or sum().");

    /// <summary>A constructor argument out of range: <c>Dense 'dense_3': units must be a positive number but was -1. …</c></summary>
    public static KerasException BadArgument(string owner, string argument, string expected, object? received, string fix) =>
        new($"{owner}: {argument} must be {expected} but was {received ?? "null"}. {fix}");

    public static KerasException BadInput(Layer layer, string expected, object received, string fix) =>
        new($"{layer.Where} expects {expected} but received {received}. {fix}");

    public static KerasException WrongInputCount(Layer layer, string expected, int received) =>
        new($"{layer.Where} expects {expected} but received {received} tensor{(received == 1 ? "" : "s")}. Pass the tensors one by one: layer(a, b).");

    public static KerasException NotBuilt(Layer layer) =>
        new($"{layer.Where} has no weights yet because its input shape is not known. Call it on an Input or on data, or give the first layer inputShape: ….");

    public static KerasException NotConnected(Layer layer, string property) =>
        new($"{layer.Where} has no {property}: it has not been called on a symbolic tensor. Call it on an Input, or give a Sequential's first layer inputShape: ….");

    public static KerasException CalledSeveralTimes(Layer layer, string property, int calls) =>
        new($"{layer.Where} was called {calls} times, so '{property}' is ambiguous. Keep the tensor that the call returned, or use layer.OutputAt(index).");

    public static KerasException NoForward(Layer layer) =>
        new($"{layer.Where} does not say what it computes. Override Forward(Tensor input, bool training) in {layer.GetType().Name}.");

    public static KerasException InsideWrapper(Layer wrapper, KerasException refusal) =>
        new($"{wrapper.Where}: {refusal.Message}", refusal);

    public static KerasException NothingToNormalize(Wrapper wrapper) =>
        new($"{wrapper.Where} expects a layer with a kernel or with embeddings but received {wrapper.Layer.Where}. Put it around a Dense, a convolution or an Embedding.");

    public static KerasException NotALayer(LayerCall call) =>
        new($"A LayerCall must come from a layer factory such as Dense(10) or from Layer.AsCall(), but its target is {call.Target?.GetType().Name ?? "static code"}. Wrap the function in Lambda(…).");

    public static KerasException ForwardFailed(Layer layer, string inputs, Exception cause) =>
        new($"{layer.Where} failed on {inputs}: {FirstLine(cause.Message)}", cause);

    internal static string FirstLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : text[..end].TrimEnd();
    }
}
