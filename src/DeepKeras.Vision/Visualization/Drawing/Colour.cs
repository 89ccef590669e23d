namespace DeepKeras.Vision.Visualization;

/// <summary>A colour of bytes.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    // Tableau's ten colours for categories, the default cycle of most plotting libraries.
    private static readonly int[] s_categories = [0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xBCBD22, 0x17BECF];

    /// <summary>Whether white letters can be read on it better than dark ones.</summary>
    public bool IsDark => (0.299 * Red) + (0.587 * Green) + (0.114 * Blue) < 140;

    /// <summary>A colour per class; more than ten classes get evenly spaced hues.</summary>
    public static Colour OfClass(int index, int classes)
    {
        if (classes > s_categories.Length) return OfHue(360.0 * index / classes, index % 2 == 0 ? 0.85 : 0.6);
        var rgb = s_categories[index];
        return new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    }

    /// <summary>Between two colours: 0 gives the first.</summary>
    public static Colour Between(Colour from, Colour to, double share) => new(Mix(from.Red, to.Red, share), Mix(from.Green, to.Green, share), Mix(from.Blue, to.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * Math.Clamp(share, 0, 1)));

    /// <summary>Hue 0 … 360 at a saturation of 0.75 (HSV).</summary>
    private static Colour OfHue(double hue, double value)
    {
        return new(Part(5), Part(3), Part(1));

        byte Part(double n)
        {
            var k = (n + (hue / 60)) % 6;
            return (byte)Math.Round(255 * (value - (value * 0.75 * Math.Clamp(Math.Min(k, 4 - k), 0, 1))));
        }
    }
}
