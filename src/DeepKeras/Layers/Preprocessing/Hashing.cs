namespace DeepKeras.Layers;

/// <summary>
/// Whole numbers or texts as bins, by their hash modulo <c>numBins</c> (Keras: <c>keras.layers.Hashing</c>; Weinberger et al. 2009): categories without a vocabulary.
/// The hash is FarmHash's fingerprint, with a salt SipHash-2-4, so the bins are Keras's own. Texts go through <see cref="Call(Strings)"/>, because tensors hold none.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>int</c>: unchanged, int64. <c>one_hot</c>: <c>(N, …) → (N, …, numBins)</c>, a last axis of 1 being replaced. <c>multi_hot</c>, <c>count</c>:
/// <c>(N, s, …) → (N, …, numBins)</c>. Fractions of floats are cut off before hashing.
/// <code>var bins = new Hashing(numBins: 3).Call(["A", "B", "C", "D", "E"]);   // 1, 0, 1, 1, 2
/// var t = Hashing(numBins: 100)(Input(1, dtype: torch.ScalarType.Int64));</code>
/// </remarks>
public sealed class Hashing : CategoryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">How many bins, at least 1; with a <paramref name="maskValue"/> bin 0 is kept for it.</param>
    /// <param name="maskValue">A number or a text that goes to bin 0, all others sharing the rest; none by default.</param>
    /// <param name="salt">The key of SipHash: one whole number, or two; FarmHash without a key by default.</param>
    /// <param name="outputMode"><c>"int"</c> (the default), <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">numBins is not positive, or the mode is another one.</exception>
    public Hashing(long numBins, HashMask? maskValue = null, HashSalt? salt = null, OutputMode outputMode = default, Shape? inputShape = null, string? name = null)
        : base(outputMode, inputShape, name)
    {
        if (numBins < 1) throw Throw.BadArgument(Where, nameof(numBins), "at least 1", numBins, "Take more bins than there are categories, so that few of them meet.");
        NumBins = numBins;
        MaskValue = maskValue;
        Salt = salt;
        CheckMode(OutputMode.Int, OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count);
        if (outputMode == OutputMode.Int) DtypePolicy = DtypePolicy.Of(ScalarType.Int64);
    }

    /// <summary>How many bins.</summary>
    public long NumBins { get; }

    /// <summary>What goes to bin 0.</summary>
    public HashMask? MaskValue { get; }

    /// <summary>The key of SipHash.</summary>
    public HashSalt? Salt { get; }

    private protected override long? Depth => NumBins;

    // A single bin leaves none for the mask.
    private bool IsMasking => MaskValue is not null && NumBins > 1;

    /// <summary>The bins of texts.</summary>
    /// <param name="texts">An array of texts of any rank.</param>
    /// <returns>What the layer computes, as for numbers in the same shape.</returns>
    /// <exception cref="KerasException">The mask is a number.</exception>
    public Tensor Call(Strings texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (IsMasking && MaskValue!.Value.Text is null) throw Throw.MaskKind(this, "numbers", "texts");
        var mask = IsMasking ? MaskValue!.Value.Text : null;
        using var scope = torch.NewDisposeScope();
        long[] bins = [.. texts.Select(t => mask is null ? TextHash.Bin(t, NumBins, Salt) : t == mask ? 0 : 1 + TextHash.Bin(t, NumBins - 1, Salt))];
        return Encode(Write(bins, texts.Shape.ToArray(), torch.CPU)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (IsMasking && MaskValue!.Value.Number is null) throw Throw.MaskKind(this, "texts", "numbers");
        var mask = IsMasking ? MaskValue!.Value.Number : null;
        var bins = Array.ConvertAll(Read(input), n => mask is null ? TextHash.Bin(n, NumBins, Salt) : n == mask ? 0 : 1 + TextHash.Bin(n, NumBins - 1, Salt));
        return Encode(Write(bins, input.shape, input.device));
    }
}
