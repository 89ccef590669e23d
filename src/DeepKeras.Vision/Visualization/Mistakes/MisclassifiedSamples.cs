using System.Globalization;
using DeepKeras.Data;

namespace DeepKeras.Vision.Visualization;

/// <summary>The hardest mistakes of a classifier: the images that it took for something else and was most sure of.</summary>
/// <remarks>
/// <code>
/// var mistakes = MisclassifiedSamples.Of(model, xTest, yTest, classNames, count: 24);
/// Console.WriteLine($"{mistakes.Mistakes} of {mistakes.Total}");
/// mistakes.Save("mistakes.png");
/// </code>
/// </remarks>
public sealed class MisclassifiedSamples
{
    private const int DefaultBatchSize = 256;
    private const int TileWidth = 160;
    private readonly IReadOnlyList<string>? _classNames;

    private MisclassifiedSamples(IReadOnlyList<MisclassifiedSample> samples, long mistakes, long total, IReadOnlyList<string>? classNames) =>
        (Samples, Mistakes, Total, _classNames) = (samples, mistakes, total, classNames);

    /// <summary>The mistakes that were asked for, the surest first.</summary>
    public IReadOnlyList<MisclassifiedSample> Samples { get; }

    /// <summary>How many mistakes there are in all.</summary>
    public long Mistakes { get; }

    /// <summary>How many samples were looked at.</summary>
    public long Total { get; }

    /// <summary>Finds the mistakes among images in memory.</summary>
    /// <param name="model">A classifier with one output: probabilities <c>(N, classes)</c>, or one probability <c>(N, 1)</c>.</param>
    /// <param name="images"><c>(N, H, W, 1 or 3)</c>, as the model takes them.</param>
    /// <param name="labels">Labels <c>(N)</c> or <c>(N, 1)</c>, or one-hot rows <c>(N, classes)</c>.</param>
    /// <param name="classNames">Names for the captions; numbers by default.</param>
    /// <param name="count">How many mistakes to keep at most, at least 1.</param>
    /// <exception cref="KerasException">The tensors are no images and their labels, a label has no name, or <paramref name="count"/> is not positive.</exception>
    public static MisclassifiedSamples Of(Model model, Tensor images, Tensor labels, IReadOnlyList<string>? classNames = null, int count = 24)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.ndim == 0 || labels.ndim == 0 || images.shape[0] != labels.shape[0] || images.shape[0] == 0) throw Throw.MistakesCount(images, labels);
        return Of(model, Parts(images, labels), classNames, count);
    }

    /// <summary>Finds the mistakes in a data set, in one pass over it.</summary>
    /// <param name="model">A classifier with one output: probabilities <c>(N, classes)</c>, or one probability <c>(N, 1)</c>.</param>
    /// <param name="data">Batches of images and labels; it must come to an end.</param>
    /// <param name="classNames">Names for the captions; numbers by default.</param>
    /// <param name="count">How many mistakes to keep at most, at least 1.</param>
    /// <exception cref="KerasException">The batches hold no images and their labels, a label has no name, or <paramref name="count"/> is not positive.</exception>
    public static MisclassifiedSamples Of(Model model, Dataset<Batch> data, IReadOnlyList<string>? classNames = null, int count = 24)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Of(model, data.Elements().Select(b => b.Targets is [var target] ? (b.Inputs[0], target) : throw Throw.MistakesTargets(b.Targets.Length)), classNames, count);
    }

    /// <summary>The images side by side, each with what it is, what it was taken for and how sure the model was.</summary>
    /// <param name="columns">Images per row.</param>
    /// <param name="scale">Every pixel becomes a square of so many pixels; by default so that the captions have room.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">There is no mistake to show.</exception>
    public Tensor ToTensor(int columns = 6, int? scale = null)
    {
        if (Samples.Count == 0) throw Throw.NoMistakes(Total);
        var width = Samples.Max(s => s.Image.shape[1]);
        var grid = new ImageGrid(columns, scale ?? (int)Math.Max(1, (TileWidth + width - 1) / width), caption: string.Create(CultureInfo.InvariantCulture, $"The surest of {Mistakes:N0} mistakes among {Total:N0} images: true → recognised"));
        foreach (var sample in Samples) grid.Add(sample.Image, caption: Caption(sample));
        return grid.ToTensor();
    }

    /// <summary>Writes the sheet to a file.</summary>
    /// <param name="path">A name that ends in .png, .jpg or .jpeg.</param>
    /// <exception cref="KerasException">There is no mistake to show, or the file cannot be written.</exception>
    public void Save(string path)
    {
        using var picture = ToTensor();
        ImageFile.Save(path, picture);
    }

    /// <summary>What stands below an image: <c>cat → dog 97%</c>.</summary>
    /// <param name="sample">One of <see cref="Samples"/>.</param>
    public string Caption(MisclassifiedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return string.Create(CultureInfo.InvariantCulture, $"{NameOf(sample.TrueClass)} → {NameOf(sample.Recognised)} {100 * sample.Probability:0}%");
    }

    private static MisclassifiedSamples Of(Model model, IEnumerable<(Tensor Images, Tensor Labels)> batches, IReadOnlyList<string>? classNames, int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (count < 1) throw Throw.PictureArgument(nameof(MisclassifiedSamples), nameof(count), "at least 1", count);
        var search = new MistakeSearch(model, classNames, count);
        using var source = batches.GetEnumerator();
        while (true)
        {
            // The tensors of a batch are made while it is fetched, so the scope begins before.
            using var scope = torch.NewDisposeScope();
            if (!source.MoveNext()) break;
            search.Add(source.Current.Images, source.Current.Labels);
        }
        return new(search.Worst, search.Mistakes, search.Total, classNames);
    }

    private static IEnumerable<(Tensor Images, Tensor Labels)> Parts(Tensor images, Tensor labels)
    {
        for (long from = 0; from < images.shape[0]; from += DefaultBatchSize)
        {
            var size = Math.Min(DefaultBatchSize, images.shape[0] - from);
            yield return (images.narrow(0, from, size), labels.narrow(0, from, size));
        }
    }

    private string NameOf(int index) => _classNames is null ? index.ToString(CultureInfo.InvariantCulture) : _classNames[index];
}
