using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Codecs;

/// <summary>JPEG through libjpeg-turbo's TurboJPEG interface (the one of version 1 and 2, which version 3 still has).</summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Rgb = 0;
    private const int Gray = 6;
    private const int Cmyk = 11;
    private const int ColourspaceGray = 2;
    private const int ColourspaceCmyk = 3;
    private const int Samples444 = 0;
    private const int Samples420 = 2;
    private const int SamplesGray = 3;

    // From this quality on colour is kept at full resolution, as most encoders do.
    private const int FullColourQuality = 90;

    public static Tensor Decode(ReadOnlySpan<byte> data)
    {
        var decoder = InitDecompress();
        try
        {
            fixed (byte* file = data)
            {
                if (DecompressHeader(decoder, file, (nuint)data.Length, out var width, out var height, out _, out var colourspace) != 0) throw new CodecException(Message(decoder));
                var channels = colourspace == ColourspaceGray ? 1 : colourspace >= ColourspaceCmyk ? 4 : 3;
                var image = torch.empty([height, width, channels], ScalarType.Byte);
                fixed (byte* pixels = image.bytes)
                {
                    var result = Decompress(decoder, file, (nuint)data.Length, pixels, width, width * channels, height, channels switch { 1 => Gray, 3 => Rgb, _ => Cmyk }, 0);
                    // Many photos carry stray bytes between their parts, which changes nothing in the picture.
                    if (result != 0 && Message(decoder) is var message && !message.Contains("extraneous bytes", StringComparison.Ordinal))
                    {
                        image.Dispose();
                        throw new CodecException(message);
                    }
                }
                return channels == 4 ? FromCmyk(image) : image;
            }
        }
        finally
        {
            _ = Destroy(decoder);
        }
    }

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

    /// <summary>CMYK of JPEG files is stored inverted (255 = no ink), so that each colour is its own value times the black one.</summary>
    private static Tensor FromCmyk(Tensor image)
    {
        using var scope = torch.NewDisposeScope();
        var wide = image.to_type(ScalarType.Int32);
        image.Dispose();
        return wide.narrow(2, 0, 3).mul(wide.narrow(2, 3, 1)).add(127).div(255.0).floor().to_type(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    private static string Message(nint handle) => Marshal.PtrToStringUTF8(ErrorText(handle)) ?? "unknown error";

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    private static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    private static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    private static partial int DecompressHeader(nint handle, byte* file, nuint size, out int width, out int height, out int samples, out int colourspace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    private static partial int Decompress(nint handle, byte* file, nuint size, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    private static partial int Compress(nint handle, byte* pixels, int width, int pitch, int height, int format, byte** file, nuint* size, int samples, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    private static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    private static partial void Free(byte* file);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint ErrorText(nint handle);
}
