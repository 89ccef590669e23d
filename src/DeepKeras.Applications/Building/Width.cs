namespace DeepKeras.Applications.Building;

/// <summary>Numbers of channels of networks whose width is scaled (Sandler et al. 2018, Tan and Le 2019).</summary>
internal static class Width
{
    private const int Divisor = 8;

    /// <summary>The nearest multiple of 8, but not below 8 and not more than a tenth below the number.</summary>
    /// <param name="channels">The number of channels wanted.</param>
    public static int Round(double channels)
    {
        var rounded = Math.Max(Divisor, (int)(channels + (Divisor / 2)) / Divisor * Divisor);
        return rounded < 0.9 * channels ? rounded + Divisor : rounded;
    }
}
