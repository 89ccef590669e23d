using DeepKeras.Applications.Pretrained;

namespace DeepKeras.Applications;

public static partial class Zoo
{
    /// <summary>Says in words what a network trained on ImageNet sees (Keras: <c>decode_predictions</c>).</summary>
    /// <param name="predictions">What <c>Predict</c> returned: class probabilities (N, 1000).</param>
    /// <param name="top">How many classes to name per image, 1 to 1000; 5 by default.</param>
    /// <returns>For each image its likeliest classes, the likeliest first.</returns>
    /// <exception cref="KerasException">There are not 1000 classes, or <paramref name="top"/> is out of range.</exception>
    /// <remarks><code>foreach (var (index, name, probability) in Zoo.DecodePredictions(net.Predict(images))[0]) Console.WriteLine($"{name} {probability:P1}");</code></remarks>
    public static IReadOnlyList<IReadOnlyList<ClassPrediction>> DecodePredictions(Tensor predictions, int top = 5) => Decode(predictions, top, ImageNetClasses.Names, "ImageNet");

    internal static IReadOnlyList<IReadOnlyList<ClassPrediction>> Decode(Tensor predictions, int top, IReadOnlyList<string> names, string dataSet)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var shape = Shape.Of(predictions);
        if (shape.Rank != 2 || shape[1] != names.Count) throw Throw.OtherClasses(shape, names.Count, dataSet);
        if (top < 1 || top > names.Count) throw Throw.TopCount(top, names.Count);
        using var scope = torch.NewDisposeScope();
        var (values, indices) = predictions.detach().to(ScalarType.Float32).cpu().topk(top, 1, true, true);
        var probabilities = values.contiguous().data<float>().ToArray();
        var classes = indices.contiguous().data<long>().ToArray();
        var images = new IReadOnlyList<ClassPrediction>[shape[0]!.Value];
        for (var image = 0; image < images.Length; image++)
        {
            var first = image * top;
            images[image] = [.. Enumerable.Range(first, top).Select(i => new ClassPrediction((int)classes[i], names[(int)classes[i]], probabilities[i]))];
        }
        return images;
    }
}
