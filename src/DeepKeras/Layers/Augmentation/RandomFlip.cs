namespace DeepKeras.Layers;

/// <summary>While training, mirrors images left to right and top to bottom, each with probability ½ (Keras: <c>keras.layers.RandomFlip</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// Both directions are drawn by themselves, where Keras 3 mirrors in both or in none. Bytes stay bytes; boxes and masks are mirrored along.
/// <code>var t = RandomFlip("horizontal")(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomFlip : RandomAugmentationLayer
{
    private static readonly string[] s_modes = ["horizontal", "vertical", "horizontal_and_vertical"];

    /// <summary>Creates the layer.</summary>
    /// <param name="mode"><c>"horizontal"</c>, <c>"vertical"</c> or <c>"horizontal_and_vertical"</c> (default).</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The mode is unknown.</exception>
    public RandomFlip(string mode = "horizontal_and_vertical", int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (!s_modes.Contains(mode, StringComparer.Ordinal)) throw Throw.UnknownName(nameof(mode), mode, s_modes);
        Mode = mode;
    }

    /// <summary>The directions.</summary>
    public string Mode { get; }

    private protected override bool KeepsType => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var horizontal = PerImage(batch, () => Mode != "vertical" && random.Chance(0.5));
        return new FlipTransform(horizontal, PerImage(batch, () => Mode != "horizontal" && random.Chance(0.5)), batch);
    }
}
