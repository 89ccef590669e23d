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

    public static Tensor Decode(ReadOnlySpan<byte> data)
    {
        var image = new PngImage { Version = Version };
        try
        {
            fixed (byte* file = data)
            {
                if (BeginRead(&image, file, (nuint)data.Length) == 0) throw new CodecException(image.Text);
                image.Flags |= SixteenBitIsSrgb;
                var alpha = (image.Format & Alpha) != 0;
                var colour = alpha || (image.Format & Colour) != 0;
                image.Format = (colour ? Colour : 0) | (alpha ? Alpha : 0);
                var channels = alpha ? 4 : colour ? 3 : 1;
                var pixels = torch.empty([image.Height, image.Width, channels], ScalarType.Byte);
                fixed (byte* target = pixels.bytes)
                {
                    if (FinishRead(&image, null, target, checked((int)(image.Width * channels)), null) == 0 || image.WarningOrError > 1)
                    {
                        pixels.Dispose();
                        throw new CodecException(image.Text);
                    }
                }
                return pixels;
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
