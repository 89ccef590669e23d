using System.Globalization;
using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision;

/// <content>Feature visualisation and Deep Dream.</content>
internal static partial class Throw
{
    public static KerasException AscentModel(Model model) =>
        new($"Model '{model.Name}' takes {model.Input.Shape}, but an image to climb with must be (N, height, width, 1 or 3). Pass the part of the model that takes images, channels last.");

    public static KerasException ObjectiveLayer(Model model, Layer layer) =>
        new($"Objective: layer '{layer.Name}' belongs to a model nested in '{model.Name}', and images can only climb within one model. Pass the nested model itself: (Model)model.GetLayer(…).");

    public static KerasException NoObjective() =>
        new("FeatureVisualization: there is nothing to maximise: the list of objectives or channels is empty. Give at least one, such as Objective.Channel(\"conv2d\", 0).");

    public static KerasException ObjectiveIndex(ObjectiveTerm term, string what, long extent) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Objective {term.What}: the {what} must be between 0 and {extent - 1} but was {term.Index}. {(what == "class" ? "The model tells" : "The layer answers with")} {extent} {(what == "class" ? "classes apart" : "channels")}; choose one of them."));

    public static KerasException ObjectivePlace(ObjectiveTerm term, string axis, int place, long extent) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Objective {term.What}: the {axis} must be between 0 and {extent - 1} but was {place}. Leave it out for the middle, or make the image larger."));

    public static KerasException ObjectiveSize(Model model, IReadOnlyList<Layer?> layers, Tensor images, Exception cause)
    {
        var what = string.Join(", ", layers.Select(l => l is null ? "the output" : $"'{l.Name}'"));
        return new(string.Create(CultureInfo.InvariantCulture, $"Model '{model.Name}', built for {model.Input.Shape}, cannot be run up to {what} with images of {images.shape[1]} × {images.shape[2]} pixels. Use the size it was built for, a larger one, or a layer before the first Flatten. ({cause.Message})"), cause);
    }

    public static KerasException AscentOption(string option, string expected, object received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"AscentOptions: {option} must be {expected} but was {received}. Leave it out for a good value."));

    public static KerasException DreamArgument(string argument, string expected, object received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"DeepDream: {argument} must be {expected} but was {received}. Leave it out for a good value."));

    public static KerasException DreamPhoto(Tensor photo, int channels) =>
        new($"DeepDream: the photo must be uint8 (height, width, {channels}) for this model but received {photo.dtype} {Shape.Of(photo)}. Load it with ImageFile.Load(path, channels: {channels}).");

    public static KerasException DreamTooSmall(Tensor photo, (int Height, int Width) least, int octaves, int side) =>
        new(string.Create(CultureInfo.InvariantCulture, $"DeepDream: a photo of {photo.shape[0]} × {photo.shape[1]} pixels would begin with {least.Height} × {least.Width} at octave 1 of {octaves}, and less than {side} is too small to see anything. Ask for fewer octaves, a smaller octaveScale, or take a larger photo."));
}
