namespace DeepKeras;

/// <summary>The kinds of <see cref="Padding"/>.</summary>
public enum PaddingMode
{
    /// <summary>No padding.</summary>
    Valid,

    /// <summary>out = ⌈in / stride⌉.</summary>
    Same,

    /// <summary>A given number of cells on both sides.</summary>
    Explicit,

    /// <summary>None, but the last window of a pool may hang over the border.</summary>
    Ceil,
}
