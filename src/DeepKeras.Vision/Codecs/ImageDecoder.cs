using System.Buffers;

namespace DeepKeras.Vision.Codecs;

/// <summary>Decodes into memory that is there already: straight where the codec can give what is wanted, else through one pooled buffer per step.</summary>
internal static class ImageDecoder
{
    /// <summary>Decodes a whole picture.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="header">What <see cref="ImageHeader.Read"/> found in it.</param>
    /// <param name="height">Rows to decode it to: those of the header, or what <see cref="ImageCodec.DraftSize"/> gave.</param>
    /// <param name="width">Columns to decode it to.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="target">height · width · channels bytes; rows and columns are exchanged where the header says so.</param>
    /// <param name="source">The path, for errors.</param>
    public static void Decode(ReadOnlySpan<byte> data, in ImageHeader header, int height, int width, int channels, Span<byte> target, string source)
    {
        // Codecs widen grey to colour and add alpha by themselves.
        var decoded = Math.Max(channels, header.Channels);
        var turned = header.Orientation == 1 ? [] : ArrayPool<byte>.Shared.Rent(height * width * channels);
        var wide = decoded == channels ? [] : ArrayPool<byte>.Shared.Rent(height * width * decoded);
        try
        {
            var stored = header.Orientation == 1 ? target : turned.AsSpan(0, target.Length);
            var whole = decoded == channels ? stored : wide.AsSpan(0, height * width * decoded);
            ImageCodec.Decode(data, header, height, width, decoded, whole);
            if (decoded != channels) PixelConversion.Reduce(whole, decoded, stored, channels);
            if (header.Orientation != 1) Orientation.Apply(stored, height, width, channels, header.Orientation, target);
        }
        catch (CodecException error)
        {
            throw Throw.DamagedImage(source, header.Format, error);
        }
        finally
        {
            if (turned.Length > 0) ArrayPool<byte>.Shared.Return(turned);
            if (wide.Length > 0) ArrayPool<byte>.Shared.Return(wide);
        }
    }
}
