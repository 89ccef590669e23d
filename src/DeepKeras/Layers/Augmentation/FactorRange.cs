namespace DeepKeras.Layers;

/// <summary>Reads the factors and ranges that Keras's image layers take: one number or two.</summary>
internal static class FactorRange
{
    /// <summary>A range from two numbers in any order; one number f stands for (−|f|, |f|), cut at the least allowed value.</summary>
    /// <exception cref="KerasException">There are more numbers, or one is out of bounds.</exception>
    public static (double Low, double High) Read(string owner, string argument, Numbers factor, double least, double most)
    {
        if (factor.Count is not (1 or 2) || factor.Any(f => !(f >= least && f <= most))) throw Throw.Factor(owner, argument, least, most, factor);
        var one = Math.Abs(factor[0]);
        return factor.Count == 1 ? (Math.Max(-one, least), one) : (Math.Min(factor[0], factor[1]), Math.Max(factor[0], factor[1]));
    }

    /// <summary>The least and the greatest value of a pixel.</summary>
    /// <exception cref="KerasException">These are not two different numbers.</exception>
    public static (double Low, double High) Values(string owner, Numbers range)
    {
        if (range.Count != 2 || range[0] == range[1] || range.Any(v => !double.IsFinite(v))) throw Throw.ValueRange(owner, range);
        return (Math.Min(range[0], range[1]), Math.Max(range[0], range[1]));
    }
}
