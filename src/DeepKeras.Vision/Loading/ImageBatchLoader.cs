using System.Collections.Concurrent;
using DeepKeras.Data;

namespace DeepKeras.Vision.Loading;

/// <summary>Decodes files into the rows of one batch tensor; safe to call from several threads.</summary>
/// <param name="folder">The files.</param>
/// <param name="labelMode">"int", "binary", "categorical", or <see langword="null"/>.</param>
/// <param name="shape">How pictures are brought to one shape.</param>
/// <param name="skipDamaged">Whether bad files are left out and noted instead of refused.</param>
internal sealed class ImageBatchLoader(ImageFolder folder, string? labelMode, ImageShaping shape, bool skipDamaged)
{
    private readonly ConcurrentDictionary<long, string> _skipped = [];

    /// <summary>Files left out so far with the reason, in the order of the files.</summary>
    public IReadOnlyList<SkippedImage> Skipped => [.. _skipped.OrderBy(s => s.Key).Select(s => new SkippedImage(folder.Paths[s.Key], s.Value))];

    /// <summary>The pictures of some files and their labels; fewer, or none, where files were left out.</summary>
    public Batch Load(long[] files)
    {
        var images = torch.empty([files.Length, shape.Height, shape.Width, shape.Channels], ScalarType.Byte);
        var size = shape.Height * shape.Width * shape.Channels;
        var memory = images.bytes;
        var read = new List<long>(files.Length);
        foreach (var file in files)
        {
            if (TryRead(file, memory.Slice(read.Count * size, size))) read.Add(file);
        }
        if (read.Count == 0) return new Batch([], [], null, 0);
        return new Batch([read.Count == files.Length ? images : images.narrow(0, 0, read.Count)], Targets(read), null, read.Count);
    }

    private bool TryRead(long file, Span<byte> target)
    {
        // What was bad once is not tried again in later epochs.
        if (_skipped.ContainsKey(file)) return false;
        try
        {
            shape.Read(folder.Paths[file], target);
            return true;
        }
        catch (KerasException error) when (skipDamaged)
        {
            _skipped.TryAdd(file, error.Message);
            return false;
        }
        catch (KerasException error)
        {
            throw Throw.DatasetImage(error);
        }
    }

    private Tensor[] Targets(List<long> files)
    {
        if (labelMode is null) return [];
        var labels = files.ConvertAll(f => folder.Labels![f]).ToArray();
        if (labelMode == "int") return [torch.tensor(labels)];
        var classes = labelMode == "binary" ? 1 : folder.ClassNames.Length;
        var numbers = new float[labels.Length, classes];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labelMode == "binary") numbers[i, 0] = labels[i];
            else numbers[i, labels[i]] = 1;
        }
        return [torch.tensor(numbers)];
    }
}
