namespace DeepKeras.Layers;

/// <summary>The changes among which <see cref="RandAugment"/> and <see cref="AugMix"/> choose, all of one strength.</summary>
internal sealed class ImageChanges
{
    private readonly ImageAugmentationLayer[] _changes;

    /// <param name="owner">The layer that chooses.</param>
    /// <param name="factor">How strong the changes are, from 0 to 1.</param>
    /// <param name="valueRange">Least and greatest value of a pixel.</param>
    /// <param name="interpolation">Of moved pixels.</param>
    /// <param name="all">Whether brightness, colour, contrast and sharpness are among them.</param>
    /// <exception cref="KerasException">A number is out of range, or the interpolation is unknown.</exception>
    public ImageChanges(Layer owner, Numbers factor, Numbers valueRange, string interpolation, bool all = true)
    {
        var (low, high) = FactorRange.Read(owner.Where, nameof(factor), factor, 0, 1);
        Numbers range = [low, high];
        var name = owner.Name;
        _changes =
        [
            new RandomShear(range, range, interpolation, name: $"{name}_shear"),
            new RandomTranslation(range, range, interpolation: interpolation, name: $"{name}_translation"),
            new RandomRotation(range, interpolation: interpolation, name: $"{name}_rotation"),
            .. all ? Tones() : [],
            new RandomPosterization(Math.Max(1, Math.Floor(8 * high)), valueRange, name: $"{name}_posterization"),
            new Solarization(range, range, valueRange, name: $"{name}_solarization"),
            new AutoContrast(valueRange, name: $"{name}_auto_contrast"),
            new Equalization(valueRange, name: $"{name}_equalization"),
        ];

        ImageAugmentationLayer[] Tones() =>
        [
            new RandomBrightness(range, valueRange, name: $"{name}_brightness"),
            new RandomColorDegeneration(range, valueRange, name: $"{name}_color"),
            new RandomContrast(range, valueRange, name: $"{name}_contrast"),
            new RandomSharpness(range, valueRange, name: $"{name}_sharpness"),
        ];
    }

    /// <summary>How many changes there are.</summary>
    public int Count => _changes.Length;

    /// <summary>Draws one change for every image.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="batch">The images.</param>
    /// <param name="chosen">Per image the number of the change; <see cref="Count"/> for none.</param>
    public GroupTransform Draw(KeyedRandom random, ImageBatch batch, int[] chosen)
    {
        var groups = Enumerable.Range(0, batch.Count).GroupBy(image => chosen[image]).OrderBy(g => g.Key);
        return new([.. groups.Select(g => (g.Select(image => (long)image).ToArray(), Change(g.Key, batch with { Count = g.Count() })))]);

        ImageTransform? Change(int number, ImageBatch group) =>
            number == Count ? null : _changes[number] is RandomAugmentationLayer drawn ? drawn.Draw(random, group) : _changes[number].Transform(group, training: true);
    }
}
