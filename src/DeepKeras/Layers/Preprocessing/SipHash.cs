using System.Buffers.Binary;
using System.Numerics;

namespace DeepKeras.Layers;

/// <summary>SipHash-2-4 (Aumasson, Bernstein 2012): a hash that only those can foresee who know its key. TensorFlow's "strong" hash of strings.</summary>
internal static class SipHash
{
    public static ulong Compute(ReadOnlySpan<byte> text, HashSalt key)
    {
        var (k0, k1) = unchecked(((ulong)key.First, (ulong)key.Second));
        // "somepseudorandomlygeneratedbytes"
        var v0 = k0 ^ 0x736f6d6570736575;
        var v1 = k1 ^ 0x646f72616e646f6d;
        var v2 = k0 ^ 0x6c7967656e657261;
        var v3 = k1 ^ 0x7465646279746573;
        var whole = text.Length / 8 * 8;
        for (var at = 0; at < whole; at += 8) Absorb(BinaryPrimitives.ReadUInt64LittleEndian(text[at..]));
        Span<byte> rest = stackalloc byte[8];
        rest.Clear();
        text[whole..].CopyTo(rest);
        rest[7] = unchecked((byte)text.Length);
        Absorb(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++) Round();
        return v0 ^ v1 ^ v2 ^ v3;

        void Absorb(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        void Round()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
