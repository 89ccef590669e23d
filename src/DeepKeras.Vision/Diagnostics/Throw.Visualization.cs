using DeepKeras.Layers;

namespace DeepKeras.Vision;

internal static partial class Throw
{
    public static KerasException GridSize(string argument, int value) =>
        new($"ImageGrid: {argument} must be at least 1 but was {value}. Give the number of pictures per row, pixels per pixel, or pixels between pictures.");

    public static KerasException ColorMap(string name) =>
        new($"There is no colour map \"{name}\". It must be one of: {string.Join(", ", Visualization.ColorMap.Names.Select(n => $"\"{n}\""))}.");

    public static KerasException NoValues(Tensor values) =>
        new($"ColorMap: there are no values to colour in a tensor of shape {Shape.Of(values)}. Give at least one.");

    public static KerasException GridEmpty() =>
        new("ImageGrid: there is no picture to draw. Call Add(image) first.");

    public static KerasException GridImage(Tensor image) =>
        new($"ImageGrid: a picture must be (height, width), (height, width, 1) or (height, width, 3) but received {Shape.Of(image)}. Take one channel with maps[0, .., .., channel].");

    public static KerasException Photo(Tensor photo) =>
        new($"A photo must be (height, width), (height, width, 1) or (height, width, 3) but received {Shape.Of(photo)}. Take one of a batch with images[0].");

    public static KerasException HeatMap(Tensor map) =>
        new($"Overlay: a heat map must be (height, width) but received {Shape.Of(map)}. Take one of a batch with maps[0], one channel with maps[0, .., .., channel].");

    public static KerasException Alpha(double alpha) =>
        new(FormattableString.Invariant($"Overlay: alpha must be between 0 (only the photo) and 1 (only the colours) but was {alpha}. 0.5 is a good value."));

    public static KerasException NotPositive(string argument, long value) =>
        new($"{argument} must be at least 1 but was {value}. Leave it out for the default.");

    public static KerasException Noise(double noise) =>
        new(FormattableString.Invariant($"SmoothGrad: noise must be a number of at least 0 but was {noise}. It is a fraction of the image's range of values; 0.1 to 0.2 is usual."));

    public static KerasException BaselineCount(long baselines, long images) =>
        new($"IntegratedGradients: there are {baselines} baselines for {images} images. Give one for all, or one per image.");

    public static KerasException Patch(Size2D patch, long height, long width) =>
        new($"Occlusion: the patch must be between 1 and the image's size ({height}, {width}) but was {patch}. An eighth of the image's side is usual.");

    public static KerasException PatchStride(Size2D stride, Size2D patch) =>
        new($"Occlusion: the stride must be between 1 and the patch {patch}, so that every pixel is covered, but was {stride}. Half the patch is usual.");

    public static KerasException SeveralInputs(Model model) =>
        new($"Model '{model.Name}' takes {model.Inputs.Count} inputs ({string.Join(", ", model.Inputs.Select(i => $"'{i.Name}'"))}), but only a model of one input, the image, can be looked into this way. Build new Model(image, outputs) without the others.");

    public static KerasException ImageForModel(Model model, Tensor images) =>
        new($"Model '{model.Name}' expects images {model.Inputs[0].Shape}, or one of them without the batch axis, but received {Shape.Of(images)}. Resize the image, and let its channels be the last axis.");

    public static KerasException NothingToCover(Model model) =>
        new($"Occlusion: model '{model.Name}' expects {model.Inputs[0].Shape}, which has no rows and columns to cover. Take a model of images, (N, H, W, C) or (N, H, W).");

    public static KerasException NoClasses(Model model) =>
        new($"Model '{model.Name}' answers with {model.Outputs[0].Shape}, but scores of classes (N, classes) are needed. Build new Model(model.Input, …) that ends in one score per class.");

    public static KerasException ClassIndex(Model model, int index, long classes) =>
        new($"Model '{model.Name}' has {classes} class{(classes == 1 ? "" : "es")}, numbered from 0 to {classes - 1}, but class {index} is to be explained. Give one of them, or none for the predicted class.");

    public static KerasException ClassCount(int received, long images) =>
        new($"There are {received} classes to explain for {images} image{(images == 1 ? "" : "s")}. Give one for all, one per image, or none for the predicted classes.");

    public static KerasException NoGradient(Inspection.LayerReader reader) =>
        new($"The scores of model '{reader.Model.Name}' do not depend on {(reader.Layers.Count == 0 ? "its input" : reader.Layers[0].Where)} in a way that has a gradient. {(reader.Layers.Count == 0 ? "Use Occlusion, which needs none." : "Take a layer on the way to the output.")}");

    public static KerasException NoMaps(Model model) =>
        new($"Model '{model.Name}' has no layer with a 4-D output (N, H, W, channels), so there are no maps to weigh. Use Saliency or IntegratedGradients.");

    public static KerasException NotMaps(Model model, Layer layer) =>
        new($"{layer.Where} answers with {layer.OutputAt(0).Shape}, but maps (N, H, W, channels) are needed. Take {Near(model)}.");

    public static KerasException LayerNotRead(Layer layer, IEnumerable<Layer> read) =>
        new($"The maps hold no answer of {layer.Where}, only of {string.Join(", ", read.Select(l => $"'{l.Name}'"))}. Name it among the layers of ActivationMaps.Of.");

    public static KerasException NoPictureOf(Layer layer, Tensor answer) =>
        new($"{layer.Where} answers with {Shape.Of(answer)}, which cannot be drawn: maps (N, H, W, channels), sequences (N, T, features) or vectors (N, units) can. Take another layer.");

    public static KerasException Index(string what, long index, long count) =>
        new($"There is no {what} {index}: there {(count == 1 ? "is 1" : $"are {count}")}, counted from 0.");

    public static KerasException NoFilters(Layer layer, string reason) =>
        new($"Filters: {layer.Where} {reason}. Take a built Conv2D, DepthwiseConv2D, SeparableConv2D or Conv2DTranspose.");

    public static KerasException NoConvolution(Model model) =>
        new($"Filters: model '{model.Name}' has no convolution, so it has no filters to draw. Draw what its layers answer with ActivationMaps.");

    public static KerasException NoImages(Model model) =>
        new($"TopImages: there is no image to show model '{model.Name}'. Give at least one, or a data set that is not empty.");

    private static string Near(Model model)
    {
        List<string> maps = [.. Inspection.LayerReader.LayersOf(model).Where(l => l.OutputAt(0).Shape.Rank == 4 && l is not InputLayer).Select(l => $"'{l.Name}'")];
        return maps.Count == 0 ? "another model, for this one has no such layer" : $"one of {(maps.Count > 6 ? "…, " : "")}{string.Join(", ", maps.TakeLast(6))}";
    }
}
