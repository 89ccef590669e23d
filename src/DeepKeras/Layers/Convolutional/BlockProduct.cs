using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Layers;

/// <summary>Matrix products of blocks that stay in the processor's registers: six rows by sixteen columns.</summary>
internal static unsafe class BlockProduct
{
    private const string Registers = "Twelve sums have to be twelve local variables to stay in registers.";

    public const int Rows = 6;

    public const int Columns = 16;

    /// <summary><c>to = left · right + bias + addend</c> for one block, and 0 for what is negative where it is rectified.</summary>
    /// <param name="left">Six rows of <paramref name="depth"/> numbers.</param>
    /// <param name="leftStride">Numbers from one row to the next.</param>
    /// <param name="leftStep">Numbers from one column to the next; 1, or where the matrix lies transposed, what the stride would be.</param>
    /// <param name="right"><paramref name="depth"/> rows of sixteen numbers, one behind the other.</param>
    /// <param name="to">Six rows of sixteen numbers.</param>
    /// <param name="toStride">Numbers from one of them to the next.</param>
    /// <param name="depth">How many products make a sum.</param>
    /// <param name="bias">Sixteen numbers, or null.</param>
    /// <param name="addend">Six rows of sixteen numbers as far apart as those of the result, or null.</param>
    /// <param name="rectifies">Whether negative results become 0.</param>
    [SuppressMessage("Design", "MA0051:Method is too long", Justification = Registers)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* left, nint leftStride, nint leftStep, float* right, float* to, nint toStride, int depth, float* bias = null, float* addend = null, bool rectifies = false)
    {
        var a0 = left;
        var a1 = a0 + leftStride;
        var a2 = a1 + leftStride;
        var a3 = a2 + leftStride;
        var a4 = a3 + leftStride;
        var a5 = a4 + leftStride;
        var start0 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias);
        var start1 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias + 8);
        var c00 = start0;
        var c01 = start1;
        var c10 = start0;
        var c11 = start1;
        var c20 = start0;
        var c21 = start1;
        var c30 = start0;
        var c31 = start1;
        var c40 = start0;
        var c41 = start1;
        var c50 = start0;
        var c51 = start1;
        if (addend is not null)
        {
            c00 += Vector256.Load(addend);
            c01 += Vector256.Load(addend + 8);
            addend += toStride;
            c10 += Vector256.Load(addend);
            c11 += Vector256.Load(addend + 8);
            addend += toStride;
            c20 += Vector256.Load(addend);
            c21 += Vector256.Load(addend + 8);
            addend += toStride;
            c30 += Vector256.Load(addend);
            c31 += Vector256.Load(addend + 8);
            addend += toStride;
            c40 += Vector256.Load(addend);
            c41 += Vector256.Load(addend + 8);
            addend += toStride;
            c50 += Vector256.Load(addend);
            c51 += Vector256.Load(addend + 8);
        }
        for (nint k = 0; depth > 0; depth--, k += leftStep)
        {
            var b0 = Vector256.Load(right);
            var b1 = Vector256.Load(right + 8);
            right += Columns;
            var a = Vector256.Create(a0[k]);
            c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
            a = Vector256.Create(a1[k]);
            c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
            a = Vector256.Create(a2[k]);
            c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
            a = Vector256.Create(a3[k]);
            c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
            a = Vector256.Create(a4[k]);
            c40 = Vector256.FusedMultiplyAdd(a, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a, b1, c41);
            a = Vector256.Create(a5[k]);
            c50 = Vector256.FusedMultiplyAdd(a, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a, b1, c51);
        }
        if (rectifies)
        {
            // In this order what is not a number stays so, as in torch.
            c00 = Avx.Max(Vector256<float>.Zero, c00);
            c01 = Avx.Max(Vector256<float>.Zero, c01);
            c10 = Avx.Max(Vector256<float>.Zero, c10);
            c11 = Avx.Max(Vector256<float>.Zero, c11);
            c20 = Avx.Max(Vector256<float>.Zero, c20);
            c21 = Avx.Max(Vector256<float>.Zero, c21);
            c30 = Avx.Max(Vector256<float>.Zero, c30);
            c31 = Avx.Max(Vector256<float>.Zero, c31);
            c40 = Avx.Max(Vector256<float>.Zero, c40);
            c41 = Avx.Max(Vector256<float>.Zero, c41);
            c50 = Avx.Max(Vector256<float>.Zero, c50);
            c51 = Avx.Max(Vector256<float>.Zero, c51);
        }
        c00.Store(to);
        c01.Store(to + 8);
        to += toStride;
        c10.Store(to);
        c11.Store(to + 8);
        to += toStride;
        c20.Store(to);
        c21.Store(to + 8);
        to += toStride;
        c30.Store(to);
        c31.Store(to + 8);
        to += toStride;
        c40.Store(to);
        c41.Store(to + 8);
        to += toStride;
        c50.Store(to);
        c51.Store(to + 8);
    }
}
