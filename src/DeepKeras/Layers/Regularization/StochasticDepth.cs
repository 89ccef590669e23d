namespace DeepKeras.Layers;

/// <summary>
/// Drops a residual branch as a whole: put before the sum of a residual block, it leaves only the block's shortcut, with probability <c>rate</c> while training
/// (Huang et al. 2016, "Deep networks with stochastic depth"; torchvision's <c>StochasticDepth</c>).
/// </summary>
/// <remarks>
/// By default what survives is divided by 1 − rate in training and inference changes nothing, as in torchvision. With <c>scaleAtInference</c> it is the paper's:
/// training leaves survivors as they are, inference multiplies by 1 − rate (its equation 5). What is dropped has been computed: time is not saved.
/// <para><b>Shapes</b> unchanged.</para>
/// <code>var t = Add()(StochasticDepth(0.2)(branch), shortcut);</code>
/// </remarks>
public sealed class StochasticDepth : Layer, IRandomLayer
{
    private readonly RandomStream _random;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The probability of dropping, from 0 to 1: 1 minus the paper's survival probability.</param>
    /// <param name="mode"><c>"row"</c> (default): every sample of a batch has its own draw; <c>"batch"</c>: one draw for all, as in the paper.</param>
    /// <param name="scaleAtInference">Whether inference multiplies by 1 − rate, instead of training dividing by it.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not between 0 and 1, or the mode is none of the two.</exception>
    public StochasticDepth(double rate, string mode = "row", bool scaleAtInference = false, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and <= 1)) throw Throw.DropRate(Where, rate);
        if (mode is not ("row" or "batch")) throw Throw.UnknownName($"mode of {Where}", mode, ["row", "batch"]);
        Rate = rate;
        Mode = mode;
        ScaleAtInference = scaleAtInference;
        Seed = seed;
        _random = new(seed);
    }

    /// <summary>The probability of dropping.</summary>
    public double Rate { get; }

    /// <summary>Whether each sample has its own draw, <c>"row"</c>, or the batch has one, <c>"batch"</c>.</summary>
    public string Mode { get; }

    /// <summary>Whether inference multiplies by 1 − rate.</summary>
    public bool ScaleAtInference { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => !ScaleAtInference;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (Rate == 0) return input;
        if (!training) return ScaleAtInference ? input.mul(1 - Rate) : input;
        // One number per sample at most: drawn here, they are the same on every device.
        var factors = new float[Mode == "row" ? input.size(0) : 1];
        var draws = new KeyedRandom(_random.Next());
        for (var i = 0; i < factors.Length; i++) factors[i] = draws.Chance(Rate) ? 0 : ScaleAtInference ? 1 : (float)(1 / (1 - Rate));
        var shape = new long[input.ndim];
        Array.Fill(shape, 1);
        shape[0] = factors.Length;
        return input.mul(torch.tensor(factors, shape, input.dtype, input.device));
    }
}
