namespace DeepKeras;

/// <summary>A layer that draws random numbers while it trains; a checkpoint keeps where its stream stands.</summary>
internal interface IRandomLayer
{
    RandomStream Random { get; }

    /// <summary>Whether it draws with its settings.</summary>
    bool Draws => true;
}
