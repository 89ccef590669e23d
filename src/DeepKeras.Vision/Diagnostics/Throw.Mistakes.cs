using System.Globalization;

namespace DeepKeras.Vision;

/// <content>Confusion matrices and misclassified samples.</content>
internal static partial class Throw
{
    public static KerasException PictureArgument(string picture, string argument, string expected, object received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{picture}: {argument} must be {expected} but was {received}. Leave it out for a good value."));

    public static KerasException MistakesCount(Tensor images, Tensor labels) =>
        new($"MisclassifiedSamples: there must be as many labels as images, and at least one, but received images {Shape.Of(images)} and labels {Shape.Of(labels)}. Take both from the same samples.");

    public static KerasException MistakesImages(Tensor images, Tensor labels) =>
        new($"MisclassifiedSamples: a batch must hold images (N, height, width, 1 or 3) and N labels but received {Shape.Of(images)} and {Shape.Of(labels)}. Reshape the images, channels last.");

    public static KerasException MistakesTargets(int targets) =>
        new(string.Create(CultureInfo.InvariantCulture, $"MisclassifiedSamples: each batch must have one target, the labels, but one with {targets} came. Use a dataset of (images, labels)."));

    public static KerasException MistakesOutput(Model model, Tensor output) =>
        new($"MisclassifiedSamples: the model must answer with probabilities (N, classes) or (N, 1) but '{model.Name}' answered {Shape.Of(output)}. Pass a classifier.");

    public static KerasException MistakesNames(int names, long classes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"MisclassifiedSamples: classNames must name {classes} classes but has {names} names. Give one name per class, in order."));

    public static KerasException MistakesLabel(long label, long classes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"MisclassifiedSamples: labels must be between 0 and {classes - 1} for this model but one is {label}. Number the classes as in training."));

    public static KerasException NoMistakes(long total) =>
        new(string.Create(CultureInfo.InvariantCulture, $"MisclassifiedSamples: there is no mistake to show among {total} samples. Look at Mistakes before drawing."));
}
