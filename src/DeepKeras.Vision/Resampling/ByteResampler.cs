using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepKeras.Vision.Resampling;

/// <summary>
/// Resizes pictures of bytes with whole numbers, row by row: the rows that an output row needs are first blended into one row of 16-bit numbers, which stays in
/// the first cache, and that is then blended along its columns. Each source byte is read from memory about once.
/// </summary>
/// <remarks>Weights have 14 bits behind the point, blended rows 6: the result is within 0.52 of the exact value.</remarks>
internal sealed unsafe class ByteResampler
{
    public const int One = 1 << 14;
    private const int RowShift = 8;
    private const int ColumnShift = 20;

    // Column steps read up to 8 numbers at once, which may reach past the row.
    private const int Slack = 16;

    [ThreadStatic]
    private static ByteResampler? t_own;

    private Taps? _rows;
    private Taps? _columns;
    private short[] _row = [];

    /// <summary>Resizes one picture or a part of it.</summary>
    /// <param name="source">Its first byte.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="target">Where to, rows without gaps.</param>
    /// <param name="toHeight">Rows wanted.</param>
    /// <param name="toWidth">Columns wanted.</param>
    /// <param name="interpolation">All but nearest.</param>
    /// <param name="antialias">Whether kernels are widened when shrinking.</param>
    public static void Resize(byte* source, int stride, int height, int width, int channels, byte* target, int toHeight, int toWidth, Interpolation interpolation, bool antialias) =>
        (t_own ??= new ByteResampler()).Run(source, stride, height, width, channels, target, toHeight, toWidth, interpolation, antialias);

    private void Run(byte* source, int stride, int height, int width, int channels, byte* target, int toHeight, int toWidth, Interpolation interpolation, bool antialias)
    {
        if (_rows?.Is(interpolation, antialias, height, toHeight) != true) _rows = new Taps(interpolation, antialias, height, toHeight);
        if (_columns?.Is(interpolation, antialias, width, toWidth) != true) _columns = new Taps(interpolation, antialias, width, toWidth);
        var length = width * channels;
        if (_row.Length < length + Slack) _row = new short[length + Slack];
        var down = _rows.Fixed(2);
        var downCount = _rows.Padded(2);
        var step = channels == 1 ? 8 : 2;
        var across = _columns.Fixed(step);
        fixed (short* row = _row, downWeights = down, acrossWeights = across)
        fixed (int* starts = _columns.Starts)
        {
            for (var y = 0; y < toHeight; y++, target += toWidth * channels)
            {
                BlendRows(source + ((long)_rows.Starts[y] * stride), stride, length, downWeights + (y * downCount), _rows.Count, row);
                if (channels is 3 or 4) BlendPixels(row, channels, starts, acrossWeights, _columns.Padded(2), target, toWidth);
                else if (channels == 1) BlendGrey(row, starts, acrossWeights, _columns.Padded(8), target, toWidth);
                else BlendColumns(row, channels, starts, acrossWeights, _columns.Padded(2), _columns.Count, target, toWidth);
            }
        }
    }

    /// <summary>Two rows and 16 columns at a time: bytes of both rows side by side, times both weights, added.</summary>
    private static void BlendRows(byte* source, int stride, int length, short* weights, int count, short* row)
    {
        const int Block = 16;
        if (length < Block)
        {
            for (var x = 0; x < length; x++)
            {
                var sum = 1 << (RowShift - 1);
                for (var k = 0; k < count; k++) sum += source[(k * stride) + x] * weights[k];
                row[x] = (short)(sum >> RowShift);
            }
            return;
        }
        for (var x = 0; x < length; x += Block)
        {
            // The last block overlaps the one before it.
            if (x > length - Block) x = length - Block;
            var (low, high) = (Vector256.Create(1 << (RowShift - 1)), Vector256.Create(1 << (RowShift - 1)));
            var first = source + x;
            for (var k = 0; k < count; k += 2, first += 2L * stride)
            {
                var pair = Vector256.Create(*(int*)(weights + k)).AsInt16();
                var a = Vector128.Load(first);
                // The weight beyond an odd count is zero, so any row will do.
                var b = Vector128.Load(k + 1 < count ? first + stride : first);
                low += Lanes.Dot(Lanes.Widen(Lanes.InterleaveLower(a, b)), pair);
                high += Lanes.Dot(Lanes.Widen(Lanes.InterleaveUpper(a, b)), pair);
            }
            Vector256.Narrow(low >> RowShift, high >> RowShift).Store(row + x);
        }
    }

    /// <summary>Pixels of 3 or 4 numbers, two taps at a time: their numbers side by side, times both weights, added.</summary>
    private static void BlendPixels(short* row, int channels, int* starts, short* weights, int count, byte* target, int width)
    {
        var order = channels == 3
            ? Vector128.Create((byte)0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 4, 5, 10, 11)
            : Vector128.Create((byte)0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
        for (var x = 0; x < width; x++, target += channels)
        {
            var from = row + (starts[x] * channels);
            var sum = Vector128.Create(1 << (ColumnShift - 1));
            for (var k = 0; k < count; k += 2, weights += 2, from += 2 * channels)
            {
                sum += Lanes.Dot(Lanes.Shuffle(Vector128.Load((byte*)from), order).AsInt16(), Vector128.Create(*(int*)weights).AsInt16());
            }
            var pixel = Lanes.ToBytes(sum >> ColumnShift);
            if (channels == 4)
            {
                *(uint*)target = pixel;
                continue;
            }
            *(ushort*)target = (ushort)pixel;
            target[2] = (byte)(pixel >> 16);
        }
    }

    /// <summary>Single numbers, eight taps at a time.</summary>
    private static void BlendGrey(short* row, int* starts, short* weights, int count, byte* target, int width)
    {
        for (var x = 0; x < width; x++)
        {
            var from = row + starts[x];
            var sum = Vector128<int>.Zero;
            for (var k = 0; k < count; k += 8, weights += 8, from += 8) sum += Lanes.Dot(Vector128.Load(from), Vector128.Load(weights));
            target[x] = Clamp(Vector128.Sum(sum) + (1 << (ColumnShift - 1)));
        }
    }

    private static void BlendColumns(short* row, int channels, int* starts, short* weights, int padded, int count, byte* target, int width)
    {
        for (var x = 0; x < width; x++, weights += padded)
        {
            for (var c = 0; c < channels; c++)
            {
                var from = row + (starts[x] * channels) + c;
                var sum = 1 << (ColumnShift - 1);
                for (var k = 0; k < count; k++, from += channels) sum += *from * weights[k];
                *target++ = Clamp(sum);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Clamp(int sum) => (byte)Math.Clamp(sum >> ColumnShift, 0, 255);
}
