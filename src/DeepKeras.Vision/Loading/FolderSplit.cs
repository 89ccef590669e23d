namespace DeepKeras.Vision.Loading;

/// <summary>Mixes the files of a folder and cuts off the validation part, as Keras does.</summary>
internal static class FolderSplit
{
    public static void Check(double? validationSplit, string? subset, bool shuffle, int? seed)
    {
        if (validationSplit is { } part && part is not (> 0 and < 1)) throw Throw.ValidationSplit(part);
        if (subset is not (null or "training" or "validation" or "both")) throw Throw.Subset(subset);
        if (validationSplit is null != subset is null) throw Throw.SplitAndSubset(subset);
        if (validationSplit is not null && shuffle && seed is null) throw Throw.SplitSeed();
        if (seed < 0) throw Throw.Seed(seed.Value);
    }

    public static ImageFolder Shuffle(ImageFolder folder, int seed)
    {
        int[] order = [.. Enumerable.Range(0, folder.Paths.Length)];
        new NumpyShuffle((uint)seed).Apply(order);
        return folder with { Paths = Array.ConvertAll(order, i => folder.Paths[i]), Labels = folder.Labels is { } labels ? Array.ConvertAll(order, i => labels[i]) : null };
    }

    public static (ImageFolder Training, ImageFolder Validation) Split(ImageFolder folder, double part)
    {
        var first = folder.Paths.Length - (int)(part * folder.Paths.Length);
        return (folder with { Paths = folder.Paths[..first], Labels = folder.Labels?[..first] }, folder with { Paths = folder.Paths[first..], Labels = folder.Labels?[first..] });
    }
}
