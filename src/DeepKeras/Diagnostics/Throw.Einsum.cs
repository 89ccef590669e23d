using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException EinsumForm(string owner, string equation) =>
        new($"{owner}: equation must be of the form 'ab,bc->ac', '...b,bc->...c' or 'ab...,bc->ac...' but was '{equation}'. Write the input's axes, the kernel's, and the output's, a letter for each.");

    public static KerasException EinsumLetter(string owner, string equation, char letter, string part) =>
        new($"{owner}: every axis of the {part} must stand elsewhere in the equation too but '{letter}' of '{equation}' does not. Give the axis the letter that it has in the {(part == "output" ? "input or the kernel" : "input or the output")}.");

    public static KerasException EinsumBias(string owner, string equation, char letter) =>
        new($"{owner}: biasAxes must be letters of the output but '{letter}' is none in '{equation}'. Name the output's axes along which the bias differs.");

    public static KerasException EinsumRank(Layer layer, string letters, bool more, Shape input) =>
        new($"{layer.Where} expects {(more ? "at least " : "")}{letters.Length} axes, '{letters}', but received {input}. Give an input with an axis for each letter, or write ... for the others.");

    public static KerasException EinsumOutput(Layer layer, string letters, Shape given) =>
        new($"{layer.Where} expects an outputShape for the axes '{letters}' without the batch's but received {given}. Give an extent for each, null for those of the input.");

    public static KerasException EinsumShared(Layer layer, char letter, Shape input, Shape given) =>
        new($"{layer.Where} expects the same extent of '{letter}' in input and output but received {input} for outputShape {given}. Write null there to take the input's.");

    public static KerasException EinsumUnknown(Layer layer, char letter, Shape input, Shape given) =>
        new($"{layer.Where} expects a known extent of '{letter}', which its weights have, but received {input} for outputShape {given}. Give Input or outputShape a number there.");
}
