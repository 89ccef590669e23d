namespace DeepKeras.Applications.Pretrained;

/// <summary>The thousand classes of ImageNet's classification challenge (Russakovsky et al. 2015).</summary>
internal static class ImageNetClasses
{
    private const string Resource = "DeepKeras.Applications.Pretrained.imagenet_classes.txt";
    private static readonly Lazy<string[]> s_names = new(Read);

    /// <summary>Their names, in the order of torchvision's and Keras's networks.</summary>
    public static IReadOnlyList<string> Names => s_names.Value;

    private static string[] Read()
    {
        using var lines = new StreamReader(typeof(ImageNetClasses).Assembly.GetManifestResourceStream(Resource)!);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
