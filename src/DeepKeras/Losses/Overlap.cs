namespace DeepKeras.Losses;

/// <summary>Sums over some axes or all, as the losses of overlapping areas need them.</summary>
internal static class Overlap
{
    public static long[]? Axes(int[]? axis) => axis is null ? null : Array.ConvertAll(axis, a => (long)a);

    public static Tensor Sum(Tensor values, long[]? axes) => axes is null ? values.sum() : values.sum(axes);
}
