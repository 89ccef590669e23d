using System.Buffers.Binary;
using System.IO.Compression;
using DeepKeras.Serialization;

namespace DeepKeras.Callbacks;

/// <summary>Pictures of weights as PNG (w3.org/TR/png): eight bits, no filter. The framework itself has no image codec, and these are a few pixels wide.</summary>
internal static class Png
{
    // convert_image_dtype's scale: 0 … 1 becomes 0 … 255, each value as wide as the others.
    private const double Scale = 255.5;

    /// <param name="image">(height, width, channels) with 1, 3 or 4 channels, values from 0 to 1; others are cut.</param>
    public static byte[] Encode(Tensor image)
    {
        var (height, width, channels) = ((int)image.size(0), (int)image.size(1), (int)image.size(2));
        using var scope = torch.NewDisposeScope();
        var pixels = image.detach().cpu().to_type(ScalarType.Float64).mul(Scale).clamp(0, 255).nan_to_num().to_type(ScalarType.Byte).contiguous().data<byte>().ToArray();
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels switch { 1 => 0, 3 => 2, _ => 6 }));
        Put(png, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                packed.WriteByte(0);
                packed.Write(pixels, row * width * channels, width * channels);
            }
        }
        Put(png, "IDAT"u8, data.ToArray());
        Put(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Put(MemoryStream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        var sum = new Crc32Stream(png);
        sum.Write(type);
        sum.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.Value);
        png.Write(number);
    }
}
