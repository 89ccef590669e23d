using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Codecs;

/// <summary>PNG through libpng's simplified interface.</summary>
internal static unsafe partial class LibPng
{
    private const string Library = "libpng16.so.16";
    private const uint Version = 1;
    private const uint Alpha = 1;
    private const uint Colour = 2;

    // Files of 16 bits per channel hold sRGB values like all others, not linear light.
    private const uint SixteenBitIsSrgb = 4;

    public static void Decode(ReadOnlySpan<byte> data, int height, int width, int channels, Span<byte> target)
    {
        if (DeepInterlacedPng.Is(data))
        {
            DeepInterlacedPng.Decode(data, height, width, channels, target);
            return;
        }
        var image = new PngImage { Version = Version };
        // Values come out as they are stored; libpng would bend them to sRGB by the file's gamma.
        data = PngHeader.WithoutGamma(data);
        try
        {
            fixed (byte* file = data)
            fixed (byte* pixels = target)
            {
                if (BeginRead(&image, file, (nuint)data.Length) == 0) throw new CodecException(image.Text);
                if (image.Height != height || image.Width != width || target.Length < (long)height * width * channels) throw new CodecException("its size is given twice");
                image.Flags |= SixteenBitIsSrgb;
                image.Format = channels switch { 1 => 0, 3 => Colour, _ => Colour | Alpha };
                if (FinishRead(&image, null, pixels, width * channels, null) == 0 || image.WarningOrError > 1) throw new CodecException(image.Text);
            }
        }
        finally
        {
            Free(&image);
        }
    }

    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        var image = new PngImage { Version = Version, Height = (uint)height, Width = (uint)width, Format = channels switch { 1 => 0, 3 => Colour, _ => Colour | Alpha } };
        // Worst case: the pixels uncompressed, a filter byte per row, and the chunks around them.
        var file = new byte[pixels.Length + height + (pixels.Length / 1000) + 4096];
        nuint size = (nuint)file.Length;
        fixed (byte* source = pixels)
        fixed (byte* target = file)
        {
            if (Write(&image, target, &size, 0, source, width * channels, null) == 0) throw new CodecException(image.Text);
        }
        return file[..(int)size];
    }

    [LibraryImport(Library, EntryPoint = "png_image_begin_read_from_memory")]
    private static partial int BeginRead(PngImage* image, byte* file, nuint size);

    [LibraryImport(Library, EntryPoint = "png_image_finish_read")]
    private static partial int FinishRead(PngImage* image, void* background, byte* pixels, int pitch, void* colours);

    [LibraryImport(Library, EntryPoint = "png_image_write_to_memory")]
    private static partial int Write(PngImage* image, byte* file, nuint* size, int toEightBit, byte* pixels, int pitch, void* colours);

    [LibraryImport(Library, EntryPoint = "png_image_free")]
    private static partial void Free(PngImage* image);

    /// <summary>libpng's <c>png_image</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PngImage
    {
        public nint Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint Colours;
        public uint WarningOrError;
        public fixed byte Message[64];

        public string Text
        {
            get
            {
                fixed (byte* text = Message) return Marshal.PtrToStringUTF8((nint)text) ?? "unknown error";
            }
        }
    }
}
