namespace DeepKeras.Layers;

/// <summary>
/// Shows a tensor as torch's normalisations want it, channels on axis 1, and back: views, never copies. Channels on the last axis
/// become torch's channels_last memory format, for which it has its fastest kernels; a sequence is shown as an image of width 1 to get them too.
/// </summary>
internal sealed class ChannelsSecond
{
    private static readonly long[] s_toSecond = [0, 3, 1, 2];
    private static readonly long[] s_toLast = [0, 2, 3, 1];
    private readonly int _axis;
    private long[]? _lastShape;

    public ChannelsSecond(int axis, int rank)
    {
        Rank = rank;
        _axis = axis < 0 ? axis + rank : axis;
    }

    /// <summary>The number of axes this was made for.</summary>
    public int Rank { get; }

    private bool IsLast => _axis == Rank - 1;

    /// <summary>The extent of the channel axis.</summary>
    /// <exception cref="KerasException">There is no such axis, it is the batch, or its extent is unknown.</exception>
    public static long Channels(Layer layer, int axis, Shape input)
    {
        var resolved = axis < 0 ? axis + input.Rank : axis;
        if (resolved < 1 || resolved >= input.Rank) throw Throw.NoSuchAxis(layer, axis, input);
        return input[resolved] ?? throw Throw.UnknownExtent(layer, axis, input);
    }

    public Tensor View(Tensor x)
    {
        if (_axis == 1) return x;
        if (!IsLast) return x.transpose(1, _axis);
        switch (Rank)
        {
            case 3:
                return x.unsqueeze(2).permute(s_toSecond);
            case 4:
                return x.permute(s_toSecond);
            default:
                _lastShape = x.shape;
                return x.flatten(1, Rank - 3).permute(s_toSecond);
        }
    }

    public Tensor Restore(Tensor y)
    {
        if (_axis == 1) return y;
        if (!IsLast) return y.transpose(1, _axis);
        var last = y.permute(s_toLast);
        return Rank switch
        {
            3 => last.squeeze(2),
            4 => last,
            _ => last.reshape(_lastShape!),
        };
    }
}
