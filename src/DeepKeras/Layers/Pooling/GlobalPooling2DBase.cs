namespace DeepKeras.Layers;

/// <summary>What the global poolings share: one number per channel.</summary>
public abstract class GlobalPooling2DBase : Layer
{
    private static readonly long[] s_lastAxes = [1, 2];
    private static readonly long[] s_firstAxes = [2, 3];

    private protected GlobalPooling2DBase(DataFormat dataFormat, bool keepdims, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        DataFormat = dataFormat;
        Keepdims = keepdims;
    }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Whether height and width stay, with extent 1.</summary>
    public bool Keepdims { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (_, _, channels) = ImageAxes.Read(this, input, DataFormat);
        return Keepdims ? ImageAxes.Write(input, DataFormat, 1, 1, channels) : new(input[0], channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) =>
        Reduce(input, DataFormat.IsChannelsFirst ? s_firstAxes : s_lastAxes, Keepdims);

    private protected abstract Tensor Reduce(Tensor input, long[] axes, bool keepdims);
}
