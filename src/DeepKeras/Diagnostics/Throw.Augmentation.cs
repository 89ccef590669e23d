using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NotImages(Layer layer, Shape received, DataFormat format) => BadInput(
        layer,
        format.IsChannelsFirst ? "images as (batch, channels, height, width) or one image as (channels, height, width)" : "images as (batch, height, width, channels) or one image as (height, width, channels)",
        received,
        "Reshape the data, or give the other dataFormat.");

    public static KerasException NotColour(Layer layer, Shape received) => BadInput(
        layer,
        "images of 3 channels: red, green, blue",
        received,
        "Leave grey images out of this augmentation, or repeat their channel three times.");

    public static KerasException Factor(string owner, string argument, double least, double most, Numbers received) => BadArgument(
        owner,
        argument,
        string.Create(CultureInfo.InvariantCulture, $"one number, or a range of two, from {least} to {most}"),
        received,
        "Write for example 0.2 or [0.1, 0.3].");

    public static KerasException ValueRange(string owner, Numbers received) => BadArgument(
        owner,
        "valueRange",
        "two different numbers, the least and the greatest value of a pixel,",
        received,
        "Write [0, 255] for bytes, [0, 1] for shares.");

    public static KerasException ImageSize(string owner, string argument, int received) =>
        BadArgument(owner, argument, "a positive number of pixels", received, "Give the size that images are to have.");

    public static KerasException SamplePart(Layer layer, string part, string expected, Tensor received) => BadInput(
        layer,
        $"{part} of shape {expected}",
        $"{Shape.Of(received)} of {received.dtype}",
        "One image carries its labels, boxes and masks without the batch axis, a batch carries them with it.");

    public static KerasException LabelsToMix(Layer layer, Tensor received) => BadInput(
        layer,
        "labels as shares of the classes, in floating point,",
        $"{Shape.Of(received)} of {received.dtype}",
        "Turn class numbers into one-hot rows first: Keras.ToCategorical(labels, classes).");

    public static KerasException MasksToMix(Layer layer, Tensor received) => BadInput(
        layer,
        "masks in floating point, so that they can be mixed as the images are,",
        $"{Shape.Of(received)} of {received.dtype}",
        "Give one channel per class, one-hot, instead of class numbers.");

    public static KerasException BoxesToCut(Layer layer) => BadInput(
        layer,
        "samples without boxes",
        "boxes",
        "A box whose image is partly covered by another has no clear meaning: use MixUp, or leave CutMix out for detection.");

    public static KerasException InsidePipeline(Pipeline pipeline, KerasException refusal) =>
        new($"{pipeline.Where}: {refusal.Message}", refusal);

    public static KerasException TwoAspects(string owner) => BadArgument(
        owner,
        "cropToAspectRatio",
        "false where padToAspectRatio is true",
        true,
        "Choose one of the two ways to keep the aspect ratio.");

    public static KerasException ResizeFill(string owner, string received) => BadArgument(
        owner,
        "fillMode",
        "\"constant\"",
        $"\"{received}\"",
        "Leave it out; fillValue gives the value.");

    public static KerasException KernelSize(string owner, Numbers received) => BadArgument(
        owner,
        "kernelSize",
        "one odd positive number, or two (height, width)",
        received,
        "Write for example 3 or [3, 5].");
}
