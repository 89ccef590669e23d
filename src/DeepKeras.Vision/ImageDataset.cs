using DeepKeras.Data;
using DeepKeras.Vision.Loading;

namespace DeepKeras.Vision;

/// <summary>A folder of photos as batches of bytes <c>(N, H, W, C)</c>, decoded by several threads ahead of training.</summary>
/// <remarks>
/// Each batch is one tensor that files are decoded and resized into, without copies in between; it stays uint8 until the model (put a <c>Rescaling(1.0 / 255)</c> first).
/// At most twice as many batches as workers are ahead. Order and pixels depend on the seed alone, whatever the number of workers. With
/// <c>shuffle</c> each pass has an order of its own over all files.
/// <code>
/// var (train, validation) = ImageDataset.FromDirectory("cats-and-dogs", imageSize: (150, 150), validationSplit: 0.2, subset: "both", seed: 7);
/// model.Fit(train, epochs: 10, validationData: validation);
/// </code>
/// </remarks>
public sealed class ImageDataset : Dataset<Batch>
{
    private readonly ImageBatchLoader _loader;
    private readonly Dataset<long> _files;
    private readonly Dataset<Batch> _batches;
    private readonly ImageDataset? _validation;

    private ImageDataset(ImageFolder folder, string? labelMode, ImageShaping shape, int batchSize, int? shuffleSeed, int workers, bool skipDamaged, ImageDataset? validation = null)
    {
        (FilePaths, Labels, ClassNames, _validation) = (folder.Paths, folder.Labels ?? [], folder.ClassNames, validation);
        _loader = new ImageBatchLoader(folder, labelMode, shape, skipDamaged);
        var files = Dataset.Range(folder.Paths.Length);
        if (shuffleSeed is { } seed) files = files.Shuffle(Math.Max(1, folder.Paths.Length), seed);
        _files = files;
        _batches = Dataset.From(() => files.Elements().Chunk(batchSize), (folder.Paths.Length + batchSize - 1) / batchSize).Map(_loader.Load, workers);
    }

    /// <summary>The classes in the order of their labels; empty without labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The files, before the order is mixed for each pass.</summary>
    public IReadOnlyList<string> FilePaths { get; }

    /// <summary>The class of each of <see cref="FilePaths"/>; empty without labels.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Files left out so far because they could not be read, each once; always empty without <c>skipDamaged</c>.</summary>
    public IReadOnlyList<SkippedImage> SkippedFiles => _loader.Skipped;

    /// <summary>The validation part, where <c>subset: "both"</c> was asked for.</summary>
    /// <exception cref="KerasException">Another subset was asked for.</exception>
    public ImageDataset Validation => _validation ?? throw Throw.NoValidationPart();

    /// <inheritdoc/>
    public override long? Count => _batches.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<ShuffleKeys> Orders => _files.Orders;

    /// <summary>Lists a folder of images; nothing is decoded before a pass starts.</summary>
    /// <remarks>The semantics, and with the same seed the same validation files, of Keras's <c>image_dataset_from_directory</c>.</remarks>
    /// <param name="directory">A folder with one sub-folder per class, each searched to any depth; or, without or with given labels, any folder.</param>
    /// <param name="labels"><c>"inferred"</c> from the sub-folders (default), <see langword="null"/> for none, or one whole number from 0 on per file.</param>
    /// <param name="labelMode"><c>"int"</c> (default): int32 <c>(N)</c>; <c>"categorical"</c>: one-hot float32 <c>(N, classes)</c>; <c>"binary"</c>: float32 <c>(N, 1)</c>, 0 or 1; <see langword="null"/>: no labels.</param>
    /// <param name="classNames">The sub-folders to take, in the order of their labels; all of them in alphanumeric order by default.</param>
    /// <param name="colorMode"><c>"rgb"</c> (default), <c>"rgba"</c> or <c>"grayscale"</c>: 3, 4 or 1 channels.</param>
    /// <param name="batchSize">Images per batch, at least 1, 32 by default; the last batch may be smaller. Single images: <c>FromDirectory(…).Unbatch()</c>.</param>
    /// <param name="imageSize">(height, width) that images are resized to; (256, 256) by default.</param>
    /// <param name="shuffle">Whether files are mixed, before they are split and again in each pass; yes by default. Else they stay in alphanumeric order.</param>
    /// <param name="seed">Decides the order; by default it follows <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="validationSplit">The part, between 0 and 1, of the files that is kept for validation: the last ones.</param>
    /// <param name="subset">With <paramref name="validationSplit"/>: <c>"training"</c>, <c>"validation"</c>, or <c>"both"</c>, which gives the training part with the other as <see cref="Validation"/>.</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default), <c>"nearest"</c>, <c>"bicubic"</c> or <c>"area"</c>.</param>
    /// <param name="followLinks">Whether links to folders are entered; no by default.</param>
    /// <param name="cropToAspectRatio">Whether the middle is cut out so that nothing is distorted.</param>
    /// <param name="padToAspectRatio">Whether black borders are added so that nothing is distorted.</param>
    /// <param name="antialias">Whether all pixels count when an image shrinks (see <see cref="ImageResize"/>); no by default, as in Keras.</param>
    /// <param name="draft">Whether JPEG files of at least twice the size are decoded at a half, a quarter or an eighth, much faster; pixels differ slightly. No by default. Where the codec cannot (<c>nuget</c> provider), they are decoded whole.</param>
    /// <param name="workers">Threads that decode ahead, one batch each; the number of processors by default; 0 decodes in the reading thread.</param>
    /// <param name="skipDamaged">Whether files that cannot be read are left out and noted in <see cref="SkippedFiles"/> instead of ending the pass with an error. Their batches are smaller then.</param>
    /// <exception cref="KerasException">The folder is missing or has no images, or arguments do not go together; while reading: a file cannot be read (the message has its path and the reason).</exception>
    public static ImageDataset FromDirectory(
        string directory,
        ImageLabels labels = default,
        string? labelMode = "int",
        IReadOnlyList<string>? classNames = null,
        string colorMode = "rgb",
        int batchSize = 32,
        Size2D? imageSize = null,
        bool shuffle = true,
        int? seed = null,
        double? validationSplit = null,
        string? subset = null,
        string interpolation = "bilinear",
        bool followLinks = false,
        bool cropToAspectRatio = false,
        bool padToAspectRatio = false,
        bool antialias = false,
        bool draft = false,
        int? workers = null,
        bool skipDamaged = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (labelMode is not (null or "int" or "categorical" or "binary")) throw Throw.LabelMode(labelMode);
        if (labels.IsNone || labelMode is null) (labels, labelMode) = ((string?)null, null);
        var channels = colorMode switch { "rgb" => 3, "rgba" => 4, "grayscale" => 1, _ => throw Throw.ColorMode(colorMode) };
        if (batchSize < 1) throw Throw.BatchSize(batchSize);
        if (workers < 0) throw Throw.Workers(workers.Value);
        var (height, width) = ImageResize.Check(imageSize ?? 256, cropToAspectRatio, padToAspectRatio);
        var shape = new ImageShaping(height, width, channels, ImageResize.Parse(interpolation), antialias, cropToAspectRatio, padToAspectRatio, draft);
        FolderSplit.Check(validationSplit, subset, shuffle, seed);
        var order = seed ?? Dataset.NewRandom().Next(1_000_000);
        var folder = ImageFolder.Read(directory, labels, classNames, followLinks);
        if (labelMode == "binary" && folder.ClassNames.Length != 2) throw Throw.BinaryClasses(folder.ClassNames);
        if (labelMode is "binary" or "categorical" && folder.Labels!.Any(l => l < 0 || l >= folder.ClassNames.Length)) throw Throw.LabelRange(folder.ClassNames);
        if (shuffle) folder = FolderSplit.Shuffle(folder, order);

        ImageDataset Part(ImageFolder files, bool mixed, ImageDataset? validation = null) =>
            files.Paths.Length == 0 ? throw Throw.NoImages(directory, subset) : new(files, labelMode, shape, batchSize, mixed ? order : null, workers ?? Environment.ProcessorCount, skipDamaged, validation);

        if (validationSplit is not { } part) return Part(folder, shuffle);
        var (training, validation) = FolderSplit.Split(folder, part);
        return subset switch
        {
            "training" => Part(training, shuffle),
            "validation" => Part(validation, shuffle),
            _ => Part(training, shuffle, Part(validation, mixed: false)),
        };
    }

    /// <summary>The two parts of <c>subset: "both"</c>.</summary>
    /// <param name="training">The training part: this one.</param>
    /// <param name="validation">The validation part.</param>
    /// <exception cref="KerasException">Another subset was asked for.</exception>
    public void Deconstruct(out ImageDataset training, out ImageDataset validation) => (training, validation) = (this, Validation);

    /// <inheritdoc/>
    public override IEnumerable<Batch> Elements() => Read(_batches.Elements());

    private static IEnumerable<Batch> Read(IEnumerable<Batch> pass)
    {
        using var batches = pass.GetEnumerator();
        while (true)
        {
            try
            {
                if (!batches.MoveNext()) yield break;
            }
            catch (KerasException error) when (error.InnerException is KerasException image)
            {
                // The file and the reason, without the words of the operator that came across it.
                throw new KerasException(image.Message, image);
            }
            // A batch whose files were all left out is none.
            if (batches.Current.Count > 0) yield return batches.Current;
        }
    }
}
