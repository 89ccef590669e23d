using System.Buffers;
using DeepKeras.Vision.Codecs;
using DeepKeras.Vision.Resampling;

namespace DeepKeras.Vision.Loading;

/// <summary>Reads a file into memory that is there already, in the size and the number of channels that all pictures of a data set have.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1, 3 or 4.</param>
/// <param name="Interpolation">How values between pixels are made.</param>
/// <param name="Antialias">Whether all pixels count when shrinking.</param>
/// <param name="Crop">Whether what does not fit the shape is cut off.</param>
/// <param name="Pad">Whether black borders make the shape.</param>
/// <param name="Draft">Whether large JPEG files are decoded smaller.</param>
internal sealed record ImageShaping(int Height, int Width, int Channels, Interpolation Interpolation, bool Antialias, bool Crop, bool Pad, bool Draft)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="target">Height · Width · Channels bytes.</param>
    public void Read(string path, Span<byte> target)
    {
        using var file = FileBytes.Read(path);
        var header = ImageHeader.Read(file.Span, path);
        var (storedHeight, storedWidth) = Draft ? Smaller(header) : (header.Height, header.Width);
        var (height, width) = header.IsTransposed ? (storedWidth, storedHeight) : (storedHeight, storedWidth);
        if (height == Height && width == Width)
        {
            ImageDecoder.Decode(file.Span, header, storedHeight, storedWidth, Channels, target, path);
            return;
        }
        var window = ImageResize.Window(height, width, Height, Width, Crop, Pad);
        var picture = ArrayPool<byte>.Shared.Rent(height * width * Channels);
        try
        {
            ImageDecoder.Decode(file.Span, header, storedHeight, storedWidth, Channels, picture.AsSpan(0, height * width * Channels), path);
            if (window.IsPadded) Bordered(picture, height, width, window, target);
            else Resize(picture, width, window, target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(picture);
        }
    }

    /// <summary>The smallest size that the codec can decode to and that still covers the target.</summary>
    private (int Height, int Width) Smaller(in ImageHeader header)
    {
        var (height, width) = header.IsTransposed ? (header.Width, header.Height) : (header.Height, header.Width);
        var window = ImageResize.Window(height, width, Height, Width, Crop, Pad);
        var rows = (int)Math.Ceiling((double)height * Height / window.Height);
        var columns = (int)Math.Ceiling((double)width * Width / window.Width);
        return header.IsTransposed ? ImageCodec.DraftSize(header, columns, rows) : ImageCodec.DraftSize(header, rows, columns);
    }

    private void Bordered(ReadOnlySpan<byte> picture, int height, int width, in AspectWindow window, Span<byte> target)
    {
        var size = checked(window.Height * window.Width * Channels);
        var whole = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            whole.AsSpan(0, size).Clear();
            for (var y = 0; y < height; y++) picture.Slice(y * width * Channels, width * Channels).CopyTo(whole.AsSpan((((y - window.Top) * window.Width) - window.Left) * Channels));
            Resize(whole, window.Width, AspectWindow.Whole(window.Height, window.Width), target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private unsafe void Resize(ReadOnlySpan<byte> picture, int width, in AspectWindow window, Span<byte> target)
    {
        fixed (byte* from = picture, to = target)
        {
            MemoryResize.Bytes(from, width * Channels, window, Channels, to, Height, Width, Interpolation, Antialias);
        }
    }
}
