namespace DeepKeras;

/// <summary>
/// How a convolution along a sequence treats its ends: <c>"valid"</c> (no padding, the default), <c>"same"</c> (out = ⌈in / stride⌉, the odd step goes after),
/// or <c>"causal"</c> (out = ⌈in / stride⌉, all padding before, so that no output sees a later step).
/// </summary>
public readonly record struct SequencePadding
{
    private SequencePadding(Padding extent, bool isCausal) => (Extent, IsCausal) = (extent, isCausal);

    /// <summary>No padding; the default.</summary>
    public static SequencePadding Valid => default;

    /// <summary>Zeros at both ends so that out = ⌈in / stride⌉.</summary>
    public static SequencePadding Same => Padding.Same;

    /// <summary>(kernel − 1) · dilation zeros before the first step (van den Oord et al. 2016, "WaveNet").</summary>
    public static SequencePadding Causal => new(Padding.Same, isCausal: true);

    /// <summary>Whether all padding comes before the first step.</summary>
    public bool IsCausal { get; }

    /// <summary>The padding by which the output's extent is reckoned; "causal" gives as many steps as "same".</summary>
    internal Padding Extent { get; }

    /// <inheritdoc/>
    public override string ToString() => IsCausal ? "causal" : Extent.ToString();

    /// <summary><c>"valid"</c>, <c>"same"</c> or <c>"causal"</c>.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator SequencePadding(string name) => name switch
    {
        "valid" => Valid,
        "same" => Same,
        "causal" => Causal,
        _ => throw Throw.UnknownName("padding", name, ["valid", "same", "causal"]),
    };

    /// <summary>A padding that other layers take as well.</summary>
    public static implicit operator SequencePadding(Padding padding) => new(padding, isCausal: false);
}
