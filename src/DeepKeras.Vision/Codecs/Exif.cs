using System.Buffers.Binary;

namespace DeepKeras.Vision.Codecs;

/// <summary>The one number of EXIF that decides how a picture is seen: its orientation (EXIF 2.3, tag 0x0112, in the first directory of a TIFF structure).</summary>
internal static class Exif
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntrySize = 12;

    /// <summary>1 to 8, or <see langword="null"/> when there is none or the block makes no sense: pictures are not refused for bad notes about them.</summary>
    /// <param name="tiff">The block from its byte order mark on.</param>
    public static int? Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return null;
        var little = tiff.StartsWith("II"u8);
        if ((!little && !tiff.StartsWith("MM"u8)) || Short(tiff[2..], little) != 42) return null;
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return null;
        var entries = tiff[((int)directory + 2)..];
        for (var left = Short(tiff[(int)directory..], little); left > 0 && entries.Length >= EntrySize; left--)
        {
            if (Short(entries, little) == OrientationTag)
            {
                return Short(entries[2..], little) == ShortType && Short(entries[8..], little) is >= 1 and <= 8 and var value ? value : null;
            }
            entries = entries[EntrySize..];
        }
        return null;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
