using System.Globalization;

namespace DeepKeras;

/// <summary>Steps added (or cut) at the two ends of a sequence. <c>1</c> (both ends) and <c>(1, 2)</c> (before, after) convert to it.</summary>
/// <param name="Before">Steps before the first.</param>
/// <param name="After">Steps after the last.</param>
public readonly record struct Padding1D(long Before, long After) : ISpatialEdges
{
    /// <inheritdoc/>
    public (long Before, long After)[] ToArray() => [(Before, After)];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Before}, {After})");

    /// <summary>The same at both ends.</summary>
    public static implicit operator Padding1D(int both) => new(both, both);

    /// <summary>Each end on its own.</summary>
    public static implicit operator Padding1D((int Before, int After) ends) => new(ends.Before, ends.After);
}
