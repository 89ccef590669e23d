namespace DeepKeras;

/// <summary>
/// How a convolution or pool treats the border: <c>"valid"</c> (no padding, the default), <c>"same"</c>
/// (out = ⌈in / stride⌉, the odd cell goes after), or a number of cells added on both sides, as PyTorch counts: <c>1</c>, <c>(3, 2)</c>.
/// </summary>
public readonly record struct Padding
{
    private readonly Size2D _cells;

    private Padding(PaddingMode mode, Size2D cells = default)
    {
        Mode = mode;
        _cells = cells;
    }

    /// <summary>No padding; the default.</summary>
    public static Padding Valid => default;

    /// <summary>Zeros (or −∞ for max pooling) so that out = ⌈in / stride⌉; an odd cell goes to the bottom and right.</summary>
    public static Padding Same => new(PaddingMode.Same);

    /// <summary>
    /// For pools only: no padding, but the last window may hang over the lower and right border, so that no cell is left out
    /// (out = ⌈(in − pool) / stride⌉ + 1; PyTorch's <c>ceil_mode</c>, as networks from Caffe have it).
    /// </summary>
    public static Padding Ceil => new(PaddingMode.Ceil);

    /// <summary>Which kind it is.</summary>
    public PaddingMode Mode { get; }

    /// <summary>Cells on either side; meaningful for <see cref="PaddingMode.Explicit"/> only.</summary>
    public Size2D Cells => _cells;

    /// <inheritdoc/>
    public override string ToString() => Mode switch
    {
        PaddingMode.Valid => "valid",
        PaddingMode.Same => "same",
        PaddingMode.Ceil => "ceil",
        _ => _cells.ToString(),
    };

    /// <summary><c>"valid"</c>, <c>"same"</c> or, for pools, <c>"ceil"</c>.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator Padding(string name) => name switch
    {
        "valid" => Valid,
        "same" => Same,
        "ceil" => Ceil,
        _ => throw Throw.UnknownName("padding", name, ["valid", "same"]),
    };

    /// <summary>The same number of cells on all four sides.</summary>
    public static implicit operator Padding(int cells) => new(PaddingMode.Explicit, cells);

    /// <summary>Cells above and below, cells left and right.</summary>
    public static implicit operator Padding((int Height, int Width) cells) => new(PaddingMode.Explicit, cells);
}
