namespace DeepKeras.Losses;

/// <summary>Sums over some axes or all, as the losses of overlapping areas need them.</summary>
internal static class Overlap
{
    public static long[]? Axes(Axes? axis) => axis is null ? null : [.. axis.Select(a => (long)a)];

    public static Tensor Sum(Tensor values, long[]? axes) => axes is null ? values.sum() : values.sum(axes);
}
