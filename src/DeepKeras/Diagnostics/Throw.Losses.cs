using System.Globalization;
using DeepKeras.Losses;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException LossShape(Loss loss, string output, object expected, Shape received, string fix) =>
        new($"Loss '{loss.Name}' of output '{output}' expects targets of shape {expected} but received {received}. {fix}");

    public static KerasException LossOutput(Loss loss, string output, string expected, Shape received, string fix) =>
        new($"Loss '{loss.Name}' of output '{output}' expects {expected} but the output has shape {received}. {fix}");

    public static KerasException LossInput(Loss loss, string expected, Shape received, string fix) =>
        new($"Loss '{loss.Name}' expects {expected} but received {received}. {fix}");

    public static KerasException LossFailed(Loss loss, Shape yTrue, Shape yPred, Shape? sampleWeight, Exception cause) =>
        new($"Loss '{loss.Name}' failed on targets {yTrue}, predictions {yPred}{(sampleWeight is null ? "" : $" and weights {sampleWeight}")}: {FirstLine(cause.Message)} Give targets that fit the predictions, and one weight per sample or per position.", cause);

    public static KerasException LossArgument(string loss, string argument, string expected, object? received, string fix) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Loss {loss}: {argument} must be {expected} but was {received ?? "null"}. {fix}"));

    public static KerasException LabelOutOfRange(string where, double label, long index, long[] shape, long classes)
    {
        var place = shape.Length < 2 ? $"sample {index}" : $"element {index} of labels {new Shape(shape)}, counted row by row";
        var fix = label == classes ? $"If classes are counted from 1, subtract 1; else give the last layer {classes + 1} units." : $"Number the classes from 0, or give the last layer more units than {classes}.";
        return new(string.Create(CultureInfo.InvariantCulture, $"{where} expects class numbers from 0 to {classes - 1} but received {label} ({place}). {fix}"));
    }
}
