using System.Globalization;

namespace DeepKeras.Vision;

/// <content>Embeddings and scatter plots.</content>
internal static partial class Throw
{
    public static KerasException EmbeddingFeatures(Tensor features) =>
        new($"FeatureEmbedding: features must be a table (N, features) with at least 2 rows but received {Shape.Of(features)}. Unroll maps with features.flatten(1), or take FeatureEmbedding.Of(model, layer, images).");

    public static KerasException EmbeddingImages(Tensor images) =>
        new($"FeatureEmbedding: there must be at least one image, (N, …), but received {Shape.Of(images)}. Put the batch axis in front: image.unsqueeze(0).");

    public static KerasException EmbeddingNotFinite() =>
        new("FeatureEmbedding: every number must be finite but some are not. Look at the layer's output: a training that diverged leaves NaN.");

    public static KerasException EmbeddingRows(long rows, int least, int most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"FeatureEmbedding: t-SNE takes from {least} to {most} points but received {rows}. Take some of them: features.narrow(0, 0, 5000)."));

    public static KerasException EmbeddingArgument(string argument, string expected, object received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"FeatureEmbedding: {argument} must be {expected} but was {received}. Leave it out for a good value."));

    public static KerasException ScatterPoints(Tensor points) =>
        new($"ScatterPlot: points must be (N, 2) with N at least 1 but received {Shape.Of(points)}. Take two axes: points.narrow(1, 0, 2).");

    public static KerasException ScatterLabels(Tensor points, Tensor labels) =>
        new($"ScatterPlot: there must be one label, 0 or greater, for each of the points {Shape.Of(points)} but received {Shape.Of(labels)}. Take both from the same samples.");

    public static KerasException ScatterNames(int label, int names) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ScatterPlot: every label needs a name but label {label} came with {names} names. Give one name per class, in order."));

    public static KerasException ScatterImages(Tensor points, Tensor images) =>
        new($"ScatterPlot: there must be one image (H, W, 1 or 3) for each of the points {Shape.Of(points)} but received {Shape.Of(images)}. Take both from the same samples.");
}
