namespace DeepKeras.Layers;

/// <summary>
/// One image axis of a transposed convolution. The full result has (in − 1) · stride + span cells; Keras cuts it before and after as TensorFlow does,
/// torch can only cut both sides alike and add cells after.
/// </summary>
internal readonly struct TransposedWindow
{
    private readonly long _stride;
    private readonly long _remainder;

    /// <param name="window">Size, stride, dilation and padding.</param>
    /// <param name="outputPadding">What the user gave; null for Keras's default.</param>
    public TransposedWindow(SlidingWindow window, long? outputPadding)
    {
        _stride = window.Stride;
        var span = window.Span;
        switch (window.Mode)
        {
            case PaddingMode.Valid:
                _remainder = span + (outputPadding ?? Math.Max(_stride - span, 0));
                break;
            case PaddingMode.Same:
                _remainder = outputPadding is { } given ? (span % 2) + given : _stride;
                // As many cells as a "same" convolution of the larger image pads before: the odd one is cut after.
                CropBefore = Math.Max((span - _remainder) / 2, 0);
                break;
            default:
                CropBefore = window.Cells;
                _remainder = span - (2 * window.Cells) + (outputPadding ?? 0);
                break;
        }
        var difference = _remainder - (span - (2 * CropBefore));
        Extra = Math.Max(difference, 0);
        CropAfter = Math.Max(-difference, 0);
    }

    /// <summary>Cells that torch cuts on either side.</summary>
    public long CropBefore { get; }

    /// <summary>Cells that torch adds after.</summary>
    public long Extra { get; }

    /// <summary>Cells still to cut after.</summary>
    public long CropAfter { get; }

    /// <summary>The output extent: (in − 1) · stride + remainder.</summary>
    public long? Extent(long? extent) => ((extent - 1) * _stride) + _remainder;
}
