namespace DeepKeras.Layers;

/// <summary>What is read outside an image <c>a b c d</c>.</summary>
internal enum FillMode
{
    /// <summary><c>d c b a | a b c d | d c b a</c></summary>
    Reflect = 0,

    /// <summary><c>a b c d | a b c d | a b c d</c></summary>
    Wrap = 1,

    /// <summary><c>k k k k | a b c d | k k k k</c></summary>
    Constant = 2,

    /// <summary><c>a a a a | a b c d | d d d d</c></summary>
    Nearest = 3,
}
