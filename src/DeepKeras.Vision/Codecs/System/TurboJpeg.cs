using System.Buffers;
using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Codecs;

/// <summary>JPEG through libjpeg-turbo's TurboJPEG interface (the one of version 1 and 2, which version 3 still has).</summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Rgb = 0;
    private const int Gray = 6;
    private const int Rgba = 7;
    private const int Cmyk = 11;
    private const int Samples444 = 0;
    private const int Samples420 = 2;
    private const int SamplesGray = 3;

    // From this quality on colour is kept at full resolution, as most encoders do.
    private const int FullColourQuality = 90;

    // Damage ends decoding at once, and a file of more than 500 progressive scans is an attack.
    private const int StopOnWarning = 8192;
    private const int LimitScans = 32768;

    [ThreadStatic]
    private static TurboJpegDecoder? t_decoder;

    /// <summary>Decodes; a smaller size than the file's leaves out fine detail.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 (grey files only), 3 or 4.</param>
    /// <param name="target">height · width · channels bytes.</param>
    public static void Decode(ReadOnlySpan<byte> data, in ImageHeader header, int height, int width, int channels, Span<byte> target)
    {
        if (header.IsFourInks)
        {
            var inks = ArrayPool<byte>.Shared.Rent(height * width * 4);
            try
            {
                Decode(data, height, width, 4, Cmyk, inks.AsSpan(0, height * width * 4));
                PixelConversion.FromCmyk(inks, target, channels);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(inks);
            }
            return;
        }
        Decode(data, height, width, channels, channels switch { 1 => Gray, 3 => Rgb, _ => Rgba }, target);
    }

    private static void Decode(ReadOnlySpan<byte> data, int height, int width, int channels, int layout, Span<byte> target)
    {
        if (target.Length < (long)height * width * channels) throw new ArgumentException("The memory for the pixels is too small.", nameof(target));
        var decoder = t_decoder ??= new TurboJpegDecoder(InitDecompress());
        var handle = decoder.DangerousGetHandle();
        fixed (byte* file = data)
        fixed (byte* pixels = target)
        {
            if (Decompress(handle, file, (nuint)data.Length, pixels, width, width * channels, height, layout, StopOnWarning | LimitScans) == 0) return;
            // Many photos carry stray bytes between their parts, which changes nothing in the picture.
            if (IsHarmless(Message(handle)) && (Decompress(handle, file, (nuint)data.Length, pixels, width, width * channels, height, layout, LimitScans) == 0 || IsHarmless(Message(handle)))) return;
        }
        throw new CodecException(Message(handle));
    }

    private static bool IsHarmless(string message) => message.Contains("extraneous bytes", StringComparison.Ordinal);

    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, int quality)
    {
        var encoder = InitCompress();
        byte* file = null;
        try
        {
            nuint size = 0;
            var samples = channels == 1 ? SamplesGray : quality >= FullColourQuality ? Samples444 : Samples420;
            fixed (byte* source = pixels)
            {
                if (Compress(encoder, source, width, width * channels, height, channels == 1 ? Gray : Rgb, &file, &size, samples, quality, 0) != 0) throw new CodecException(Message(encoder));
            }
            return new ReadOnlySpan<byte>(file, checked((int)size)).ToArray();
        }
        finally
        {
            if (file is not null) Free(file);
            _ = Destroy(encoder);
        }
    }

    private static string Message(nint handle) => Marshal.PtrToStringUTF8(ErrorText(handle)) ?? "unknown error";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    private static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    private static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    private static partial int Decompress(nint handle, byte* file, nuint size, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    private static partial int Compress(nint handle, byte* pixels, int width, int pitch, int height, int format, byte** file, nuint* size, int samples, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    internal static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    private static partial void Free(byte* file);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint ErrorText(nint handle);
}
