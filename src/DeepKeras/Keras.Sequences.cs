using System.Numerics;
using DeepKeras.Data;

namespace DeepKeras;

/// <content>Sequences of different lengths.</content>
public static partial class Keras
{
    private const string Pre = "pre";
    private const string Post = "post";

    /// <summary>Sequences of numbers as the rows of one tensor, by filling up the shorter ones and cutting the longer ones.</summary>
    /// <remarks><b>Shapes</b> sequences of t₁ … tₙ steps → <c>(n, maxlen)</c>.
    /// <code>var x = PadSequences([[1], [2, 3], [4, 5, 6]]);   // (0, 0, 1), (0, 2, 3), (4, 5, 6)</code></remarks>
    /// <typeparam name="T">The number type; that of the tensor, double becoming <see cref="FloatType"/>.</typeparam>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxlen">How many steps a row has; as many as the longest sequence by default.</param>
    /// <param name="padding">Where numbers are added: <c>"pre"</c>, before the sequence (the default), or <c>"post"</c>.</param>
    /// <param name="truncating">Where numbers are cut off: <c>"pre"</c>, at the start (the default), or <c>"post"</c>.</param>
    /// <param name="value">What is added; 0 by default.</param>
    /// <exception cref="KerasException">There is no sequence, maxlen is negative, or a word is another one.</exception>
    public static Tensor PadSequences<T>(IReadOnlyList<T[]> sequences, int? maxlen = null, string padding = Pre, string truncating = Pre, double value = 0)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var steps = Steps([.. sequences.Select(s => (long)s.Length)], maxlen, padding, truncating);
        var rows = new T[sequences.Count, steps];
        var fill = T.CreateChecked(value);
        for (var i = 0; i < sequences.Count; i++)
        {
            var (from, to, kept) = Place(sequences[i].Length, steps, padding, truncating);
            for (var j = 0; j < steps; j++) rows[i, j] = j >= to && j < to + kept ? sequences[i][from + j - to] : fill;
        }
        return Arrays.ToTensor(rows);
    }

    /// <summary>Sequences as tensors, whose first axis counts the steps, in one tensor, by filling up the shorter ones and cutting the longer ones.</summary>
    /// <remarks><b>Shapes</b> <c>(t₁, …) … (tₙ, …) → (n, maxlen, …)</c>.</remarks>
    /// <param name="sequences">The sequences, alike but for the first axis.</param>
    /// <param name="maxlen">How many steps a row has; as many as the longest sequence by default.</param>
    /// <param name="padding">Where numbers are added: <c>"pre"</c>, before the sequence (the default), or <c>"post"</c>.</param>
    /// <param name="truncating">Where numbers are cut off: <c>"pre"</c>, at the start (the default), or <c>"post"</c>.</param>
    /// <param name="value">What is added; 0 by default.</param>
    /// <exception cref="KerasException">There is no sequence, their steps differ in shape, maxlen is negative, or a word is another one.</exception>
    public static Tensor PadSequences(IReadOnlyList<Tensor> sequences, int? maxlen = null, string padding = Pre, string truncating = Pre, double value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.FirstOrDefault(s => s.ndim == 0) is not null) throw Throw.OutOfRange(nameof(sequences), "tensors with an axis of steps", "a tensor without axes");
        var steps = Steps([.. sequences.Select(s => s.shape[0])], maxlen, padding, truncating);
        var sample = (sequences.FirstOrDefault(s => s.shape[0] > 0) ?? sequences[0]).shape[1..];
        using var scope = torch.NewDisposeScope();
        var rows = torch.full([sequences.Count, steps, .. sample], value, sequences[0].dtype, sequences[0].device);
        for (var i = 0; i < sequences.Count; i++)
        {
            var (from, to, kept) = Place((int)sequences[i].shape[0], steps, padding, truncating);
            if (kept == 0) continue;
            if (!sequences[i].shape.AsSpan(1).SequenceEqual(sample)) throw Throw.SequenceShape(i, sample, sequences[i].shape[1..]);
            _ = rows[i].narrow(0, to, kept).copy_(sequences[i].narrow(0, from, kept));
        }
        return rows.MoveToOuterDisposeScope();
    }

    private static int Steps(long[] lengths, int? maxlen, string padding, string truncating)
    {
        if (lengths.Length == 0) throw Throw.EmptyData("sequences");
        if (maxlen < 0) throw Throw.OutOfRange(nameof(maxlen), "at least 0", maxlen);
        if (padding is not (Pre or Post)) throw Throw.UnknownName(nameof(padding), padding, [Pre, Post]);
        if (truncating is not (Pre or Post)) throw Throw.UnknownName(nameof(truncating), truncating, [Pre, Post]);
        return maxlen ?? (int)lengths.Max();
    }

    private static (int From, int To, int Kept) Place(int length, int steps, string padding, string truncating)
    {
        var kept = Math.Min(length, steps);
        return (truncating == Pre ? length - kept : 0, padding == Pre ? steps - kept : 0, kept);
    }
}
