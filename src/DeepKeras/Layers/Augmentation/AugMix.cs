namespace DeepKeras.Layers;

/// <summary>While training, mixes every image with several versions of it, each changed by a chain of random changes (Hendrycks et al. 2020; Keras: <c>keras.layers.AugMix</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <c>y = m · x + (1 − m) · Σₖ wₖ · chainₖ(x)</c> with m from Beta(α, α) and w from Dirichlet(α, …, α), cut to the range of values.
/// Each step of a chain is one of the changes of <see cref="RandAugment"/>, or none. Keras draws once per batch; here every image has its own draw, as in the paper.
/// Masks are moved and mixed alike, so they must be floating point; boxes and labels stay.
/// <code>var t = AugMix(numChains: 3, factor: 0.3)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class AugMix : RandomAugmentationLayer
{
    private readonly ImageChanges _changes;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="numChains">How many changed versions are mixed, at least 1; 3 by default.</param>
    /// <param name="chainDepth">How many steps each chain has, 0 or more; 3 by default.</param>
    /// <param name="factor">How strong the changes are: one number f for 0 … f, or a range, within 0 … 1; 0.3 by default.</param>
    /// <param name="alpha">Of the Beta and the Dirichlet distribution: the smaller, the more one version outweighs the others; positive, 1 by default.</param>
    /// <param name="allOps">Whether brightness, colour, contrast and sharpness are changed, too, for which images must have three channels; <see langword="true"/> by default.</param>
    /// <param name="interpolation">Of moved pixels: <c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A number is out of range, or the interpolation is unknown.</exception>
    public AugMix(Numbers? valueRange = null, int numChains = 3, int chainDepth = 3, Numbers? factor = null, double alpha = 1, bool allOps = true, string interpolation = "bilinear", int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (numChains < 1) throw Throw.BadArgument(Where, nameof(numChains), "at least 1", numChains, "3 is a good value.");
        if (chainDepth < 0) throw Throw.BadArgument(Where, nameof(chainDepth), "0 or more", chainDepth, "3 is a good value.");
        if (!(alpha > 0 && double.IsFinite(alpha))) throw Throw.BadArgument(Where, nameof(alpha), "a positive number", alpha, "1 makes all mixtures equally likely.");
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        Factor = factor ?? 0.3;
        NumChains = numChains;
        ChainDepth = chainDepth;
        Alpha = alpha;
        AllOps = allOps;
        Interpolation = interpolation;
        _changes = new(this, Factor, ValueRange, interpolation, allOps);
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <summary>How many changed versions are mixed.</summary>
    public int NumChains { get; }

    /// <summary>How many steps each chain has.</summary>
    public int ChainDepth { get; }

    /// <summary>How strong the changes are.</summary>
    public Numbers Factor { get; }

    /// <summary>The parameter of the Beta and the Dirichlet distribution.</summary>
    public double Alpha { get; }

    /// <summary>Whether brightness, colour, contrast and sharpness are changed, too.</summary>
    public bool AllOps { get; }

    /// <summary>How moved pixels are read.</summary>
    public string Interpolation { get; }

    private protected override bool NeedsColour => AllOps;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var weights = PerImage(batch, () => random.Dirichlet(Alpha, NumChains));
        var shares = PerImage(batch, () => random.Beta(Alpha));
        var chains = new ImageTransform[NumChains];
        for (var i = 0; i < chains.Length; i++)
        {
            var steps = new ImageTransform[ChainDepth];
            for (var j = 0; j < steps.Length; j++) steps[j] = _changes.Draw(random, batch, PerImage(batch, () => random.Below(_changes.Count + 1)));
            chains[i] = new ChainTransform(steps);
        }
        return new ChainMixture(this, chains, weights, shares, _values);
    }
}
