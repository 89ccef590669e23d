namespace DeepKeras;

/// <summary>A layer that draws random numbers while it trains; a checkpoint keeps where its stream stands.</summary>
internal interface IRandomLayer
{
    RandomStream Random { get; }
}
