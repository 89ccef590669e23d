namespace DeepKeras;

/// <summary>Where an image tensor carries its channels: <c>"channels_last"</c> (N, H, W, C), the default, or <c>"channels_first"</c> (N, C, H, W).</summary>
public readonly record struct DataFormat
{
    private DataFormat(bool channelsFirst) => IsChannelsFirst = channelsFirst;

    /// <summary>(N, H, W, C); the default, and the faster one.</summary>
    public static DataFormat ChannelsLast => default;

    /// <summary>(N, C, H, W).</summary>
    public static DataFormat ChannelsFirst => new(true);

    /// <summary>Whether the channels come right after the batch axis.</summary>
    public bool IsChannelsFirst { get; }

    /// <summary>The axis of the channels in a tensor of the given rank: 1 or rank − 1.</summary>
    /// <param name="rank">The number of axes, batch included.</param>
    public int ChannelAxis(int rank) => IsChannelsFirst ? 1 : rank - 1;

    /// <inheritdoc/>
    public override string ToString() => IsChannelsFirst ? "channels_first" : "channels_last";

    /// <summary><c>"channels_last"</c> or <c>"channels_first"</c>.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator DataFormat(string name) => name switch
    {
        "channels_last" => ChannelsLast,
        "channels_first" => ChannelsFirst,
        _ => throw Throw.UnknownName("dataFormat", name, ["channels_last", "channels_first"]),
    };
}
