using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException KernelChannels(string where, string argument, long channels, Shape kernel) =>
        new($"{where}: {argument} must fit {channels} channel{(channels == 1 ? "" : "s")} of the input but was {kernel}. Its last two extents are channels in and out, out before in for a transpose; check dataFormat, too.");

    public static KerasException WindowOutside(string where, SlidingWindow[] windows, Shape extents) =>
        new($"{where} expects extents of at least {new Shape(Array.ConvertAll(windows, w => w.Span))} but received {extents}. Use padding: \"same\", a smaller kernel, or a smaller dilationRate.");

    public static KerasException FlashAttention(string where, string problem, string fix) =>
        new($"{where}: flashAttention: true expects floats of 16 bits on a CUDA device, no mask, no dropout and no scores returned, but {problem}. {fix}");
}
