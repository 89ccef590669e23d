using System.Globalization;
using System.Reflection;
using DeepKeras.Applications.Pretrained;

namespace DeepKeras.Applications;

/// <summary>The wording of every error of the zoo. Each method returns the exception, so that callers write <c>throw Throw.…</c>.</summary>
internal static partial class Throw
{
    public static KerasException UnknownModel(string name, IEnumerable<string> known)
    {
        var near = known.OrderByDescending(k => Common(k, name)).ThenBy(k => Math.Abs(k.Length - name.Length)).Take(4);
        return new($"Zoo.Create knows no network \"{name}\". The nearest names are {string.Join(", ", near.Select(k => $"\"{k}\""))}; Zoo.ListModels() gives all.");
    }

    public static KerasException NoSuchOption(string model, string option, ParameterInfo[] parameters) =>
        new($"Zoo.Create(\"{model}\") was given {option}, which this network does not have. It takes {string.Join(", ", parameters.Select(p => p.Name))}.");

    public static KerasException ImageShape(string model, Shape received, int size) =>
        new($"{model} expects images of (height, width, channels) but inputShape is {received}. Write for example inputShape: ({size}, {size}, 3).");

    public static KerasException SmallImages(string model, Shape received, int minimum) =>
        new($"{model} expects images of at least ({minimum}, {minimum}) but received {received}. Enlarge them with Resizing({minimum}, {minimum}) or Zoo's smaller networks.");

    public static KerasException InputTwice(string model, Shape inputShape, Shape tensor) =>
        new($"{model} was given inputShape {inputShape} and an inputTensor of {tensor}, which differ. Leave inputShape out: the tensor says it.");

    public static KerasException PoolingName(string model, string pooling) =>
        new($"{model} expects pooling to be \"avg\", \"max\" or null but received \"{pooling}\". Write pooling: \"avg\" for one vector per image.");

    public static KerasException PoolingWithTop(string model) =>
        new($"{model} was given pooling together with its classifier, which pools by itself. Add includeTop: false, or leave pooling out.");

    public static KerasException AuxiliaryWithoutTop(string model) =>
        new($"{model} was given auxiliaryOutputs: true together with includeTop: false, but they are classifiers too. Leave one of the two out.");

    public static KerasException WidthMultiplier(string model, double alpha) =>
        new($"{model} expects alpha to be a positive number but received {alpha.ToString(CultureInfo.InvariantCulture)}. Write 1 for the published width, 0.5 for half the channels.");

    public static KerasException OtherClasses(Shape received, int classes, string dataSet) =>
        new($"DecodePredictions expects the class probabilities of a batch, (N, {classes}), but received {received}. Give it what Predict returned, of a network with the {classes} classes of {dataSet}.");

    public static KerasException TopCount(int top, int classes) =>
        new($"DecodePredictions expects top to be between 1 and {classes} but received {top}. Write top: 5 for the five likeliest classes.");

    public static KerasException Classes(string model, int classes) =>
        new($"{model} expects classes to be at least 1 but received {classes}. Give the number of classes to tell apart.");

    public static KerasException NotColourImages(long[] shape) =>
        new($"ImageNet's transform expects images (N, H, W, 3) or (H, W, 3) but received ({string.Join(", ", shape)}). Load photos with ImageFile.Load(path, channels: 3).");

    public static KerasException NotSmallImages(long[] shape, int channels) =>
        new($"The network's transform expects images (N, H, W, {channels}) or (H, W, {channels}) but received ({string.Join(", ", shape)}). Load image files with ImageFile.Load(path, channels: {channels}).");

    public static KerasException NotIncluded(IncludedWeights set) =>
        new($"DeepKeras.Applications should hold {set.FileName}, the weights \"{set.Name}\" of {set.Model}, but has no such file inside. Build it from the whole project, with its folder pretrained, or use the published package.");

    public static KerasException IncludedDiffers(IncludedWeights set, long bytes, string hash) =>
        new($"{set.FileName} inside DeepKeras.Applications should have {set.Bytes} bytes and the SHA-256 {set.Sha256} but has {bytes} and {hash}. Restore pretrained/{set.FileName} and build again, or reinstall the package.");

    public static KerasException Offline(TorchvisionWeights set, string folder) =>
        new($"{set.FileName}, the weights \"{set.Name}\" of {set.Model}, are not on this machine, and DEEPKERAS_OFFLINE forbids to fetch them. Put the file from {set.Url} into {folder}, or unset DEEPKERAS_OFFLINE.");

    public static KerasException WrongHash(TorchvisionWeights set, string path, string found) =>
        new($"{path} is not the weight file \"{set.Name}\" of {set.Model}: its SHA-256 should begin with {set.Sha256} but is {found}. Delete it, so that it is fetched again, or put the original in its place.");

    public static KerasException UnknownWeights(string model, string weights, IEnumerable<string> known)
    {
        var names = string.Join(", ", known.Select(n => $"\"{n}\""));
        return new($"{model} has no weights \"{weights}\", and there is no file of that name. {(names.Length > 0 ? $"It has {names}" : "Nobody publishes weights that fit it")}; give the path of a weight file, or weights: null for random ones.");
    }

    public static KerasException NoWeightNames(string model) =>
        new($"The names of '{model}' in PyTorch's weight files are not known: it is no network of the zoo that others publish weights of, or it was loaded from a model file. Build it with its method of Zoo, or use LoadWeights(path, map) with a table of your own.");

    public static KerasException NoTransform(string model) =>
        new($"'{model}' has no published weights that would say how images are to be prepared. Use new ImageNetTransform(resize, crop).Apply(images), or what its training used.");

    // How many letters two names have in common, in order: the length of their longest common subsequence.
    private static int Common(string a, string b)
    {
        var row = new int[b.Length + 1];
        foreach (var letter in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = char.ToLowerInvariant(letter) == char.ToLowerInvariant(b[j - 1]) ? diagonal + 1 : Math.Max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[^1];
    }
}
