using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Vision.Resampling;

/// <summary>The few vector operations that .NET does not name for all processors, each with a form that works everywhere.</summary>
internal static class Lanes
{
    /// <summary>Products of neighbours, added in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<short> a, Vector256<short> b) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(a, b) : Vector256.Create(Dot(a.GetLower(), b.GetLower()), Dot(a.GetUpper(), b.GetUpper()));

    /// <summary>Products of neighbours, added in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(a, b);
        var (low, high) = (Vector128.WidenLower(a) * Vector128.WidenLower(b), Vector128.WidenUpper(a) * Vector128.WidenUpper(b));
        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.AddPairwise(low, high)
            : Vector128.Create(low[0] + low[1], low[2] + low[3], high[0] + high[1], high[2] + high[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(Vector128<byte> bytes) =>
        Avx2.IsSupported ? Avx2.ConvertToVector256Int16(bytes) : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt16();

    /// <summary>a₀ b₀ a₁ b₁ … of the first halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveLower(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : (Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 8)).AsByte();

    /// <summary>The same of the second halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InterleaveUpper(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : (Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 8)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> bytes, Vector128<byte> order) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(bytes, order) : Vector128.Shuffle(bytes, order);

    /// <summary>Four numbers as bytes, those outside 0 … 255 at the nearest end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ToBytes(Vector128<int> numbers)
    {
        if (Sse2.IsSupported)
        {
            var words = Sse2.PackSignedSaturate(numbers, numbers);
            return Sse2.PackUnsignedSaturate(words, words).AsUInt32().ToScalar();
        }
        var inside = Vector128.Min(Vector128.Max(numbers, Vector128<int>.Zero), Vector128.Create(255));
        return (uint)(inside[0] | (inside[1] << 8) | (inside[2] << 16) | (inside[3] << 24));
    }
}
