using System.Buffers.Text;
using System.Text;

namespace DeepKeras.Layers;

/// <summary>Texts and whole numbers, which count as their decimal digits, as TensorFlow hashes them: FarmHash, or SipHash where there is a salt.</summary>
internal static class TextHash
{
    private const int LongestNumber = 20;
    private const int StackLimit = 512;

    public static long Bin(string text, long bins, HashSalt? salt)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        return Bin(bytes[..Encoding.UTF8.GetBytes(text, bytes)], bins, salt);
    }

    public static long Bin(long number, long bins, HashSalt? salt)
    {
        Span<byte> bytes = stackalloc byte[LongestNumber];
        _ = Utf8Formatter.TryFormat(number, bytes, out var length);
        return Bin(bytes[..length], bins, salt);
    }

    public static ulong Fingerprint(string text) => FarmHash.Fingerprint(Encoding.UTF8.GetBytes(text));

    private static long Bin(ReadOnlySpan<byte> bytes, long bins, HashSalt? salt) =>
        (long)((salt is { } key ? SipHash.Compute(bytes, key) : FarmHash.Fingerprint(bytes)) % (ulong)bins);
}
