namespace DeepKeras.Vision.Tests;

/// <summary>PNG files of 16 bits per channel: Pillow, like libpng, takes the upper eight bits, Skia rounds to the nearest of them.</summary>
internal static class SixteenBits
{
#if TORCH_SYSTEM
    private const int Rounding = 0;
#else
    private const int Rounding = 1;
#endif

    /// <summary>By how many grey levels a file may differ from Pillow's reading.</summary>
    public static int Tolerance(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) && file[24] == 16 ? Rounding : 0;
}
