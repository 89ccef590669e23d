using System.Buffers.Binary;
using System.Numerics;

namespace DeepKeras.Layers;

/// <summary>
/// FarmHash's 64-bit fingerprint (Pike, Alakuijala 2014: <c>farmhashna::Hash64</c>), which stays the same for all time and on every machine. TensorFlow numbers
/// strings by it, so bins agree with Keras's.
/// </summary>
internal static class FarmHash
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const ulong Seed = 81;

    public static ulong Fingerprint(ReadOnlySpan<byte> text) => text.Length switch
    {
        <= 16 => Short(text),
        <= 32 => Medium(text),
        <= 64 => Long(text),
        _ => Blocks(text),
    };

    /// <summary>Joins two fingerprints into one, as TensorFlow's <c>FingerprintCat64</c>.</summary>
    public static ulong Join(ulong first, ulong second)
    {
        const ulong factor = 0xc6a4a7935bd1e995;
        var result = (first ^ factor ^ (Fold(second * factor) * factor)) * factor;
        return Fold(Fold(result) * factor);
    }

    private static ulong Short(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        var factor = K2 + (length * 2);
        if (length >= 8)
        {
            var a = Word(s, 0) + K2;
            var b = Word(s, s.Length - 8);
            return Mix((Rotate(b, 37) * factor) + a, (Rotate(a, 25) + b) * factor, factor);
        }
        if (length >= 4) return Mix(length + ((ulong)Half(s, 0) << 3), Half(s, s.Length - 4), factor);
        if (length == 0) return K2;
        var start = s[0] + ((uint)s[s.Length >> 1] << 8);
        var end = (uint)s.Length + ((uint)s[^1] << 2);
        return Fold((start * K2) ^ (end * K0)) * K2;
    }

    private static ulong Medium(ReadOnlySpan<byte> s)
    {
        var factor = K2 + ((ulong)s.Length * 2);
        var a = Word(s, 0) * K1;
        var b = Word(s, 8);
        var c = Word(s, s.Length - 8) * factor;
        var d = Word(s, s.Length - 16) * K2;
        return Mix(Rotate(a + b, 43) + Rotate(c, 30) + d, a + Rotate(b + K2, 18) + c, factor);
    }

    private static ulong Long(ReadOnlySpan<byte> s)
    {
        var factor = K2 + ((ulong)s.Length * 2);
        var a = Word(s, 0) * K2;
        var b = Word(s, 8);
        var c = Word(s, s.Length - 8) * factor;
        var d = Word(s, s.Length - 16) * K2;
        var y = Rotate(a + b, 43) + Rotate(c, 30) + d;
        var z = Mix(y, a + Rotate(b + K2, 18) + c, factor);
        var e = Word(s, 16) * factor;
        var f = Word(s, 24);
        var g = (y + Word(s, s.Length - 32)) * factor;
        var h = (z + Word(s, s.Length - 24)) * factor;
        return Mix(Rotate(e + f, 43) + Rotate(g, 30) + h, e + Rotate(f + a, 18) + g, factor);
    }

    private static ulong Blocks(ReadOnlySpan<byte> s)
    {
        var x = unchecked(Seed * K2) + Word(s, 0);
        var y = unchecked((Seed * K1) + 113);
        var z = Fold((y * K2) + 113) * K2;
        (ulong First, ulong Second) v = default, w = default;
        var end = (s.Length - 1) / 64 * 64;
        for (var at = 0; at < end; at += 64)
        {
            x = Rotate(x + y + v.First + Word(s, at + 8), 37) * K1;
            y = Rotate(y + v.Second + Word(s, at + 48), 42) * K1;
            x ^= w.Second;
            y += v.First + Word(s, at + 40);
            z = Rotate(z + w.First, 33) * K1;
            v = Weak(s, at, v.Second * K1, x + w.First);
            w = Weak(s, at + 32, z + w.Second, y + Word(s, at + 16));
            (z, x) = (x, z);
        }
        var factor = K1 + ((z & 0xff) << 1);
        var last = s.Length - 64;
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        x = Rotate(x + y + v.First + Word(s, last + 8), 37) * factor;
        y = Rotate(y + v.Second + Word(s, last + 48), 42) * factor;
        x ^= w.Second * 9;
        y += (v.First * 9) + Word(s, last + 40);
        z = Rotate(z + w.First, 33) * factor;
        v = Weak(s, last, v.Second * factor, x + w.First);
        w = Weak(s, last + 32, z + w.Second, y + Word(s, last + 16));
        return Mix(Mix(v.First, w.First, factor) + (Fold(y) * K0) + x, Mix(v.Second, w.Second, factor) + z, factor);
    }

    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, int at, ulong a, ulong b)
    {
        var (w, z) = (Word(s, at), Word(s, at + 24));
        a += w;
        b = Rotate(b + a + z, 21);
        var c = a;
        a += Word(s, at + 8) + Word(s, at + 16);
        b += Rotate(a, 44);
        return (a + z, b + c);
    }

    private static ulong Mix(ulong first, ulong second, ulong factor)
    {
        var a = (first ^ second) * factor;
        a ^= a >> 47;
        var b = (second ^ a) * factor;
        b ^= b >> 47;
        return b * factor;
    }

    private static ulong Fold(ulong value) => value ^ (value >> 47);

    private static ulong Rotate(ulong value, int bits) => BitOperations.RotateRight(value, bits);

    private static ulong Word(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static uint Half(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);
}
