namespace DeepKeras;

/// <summary>
/// Functions of tensors under the names and rules of Keras's <c>keras.ops</c>: those that TorchSharp does not have, or has with other arguments.
/// They take part in gradients; what they return belongs to the caller, or to the dispose scope around the call.
/// </summary>
/// <remarks>
/// Activation functions are in <see cref="Activations.ActivationFunctions"/>, losses in <see cref="Losses"/>; everything else is a method of the tensor itself.
/// <code>var (mean, variance) = Ops.Moments(images, axes: (0, 1, 2));</code>
/// </remarks>
public static partial class Ops
{
    private const double Epsilon = 1e-7;

    /// <summary>The mean and the variance over axes, the variance as E[x²] − E[x]² (Keras: <c>keras.ops.moments</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> that of <paramref name="x"/> without the axes, or with extents of 1 in their place. Numbers of 16 bits (<c>float16</c>) are summed as float32,
    /// and the results are kept within their range.
    /// <code>var (mean, variance) = Ops.Moments(x, axes: 0);</code>
    /// </remarks>
    /// <param name="x">Any tensor of floating numbers.</param>
    /// <param name="axes">The axes that are averaged over; negative ones count from the end.</param>
    /// <param name="keepdims">Whether the axes stay, with an extent of 1; <see langword="false"/> by default.</param>
    /// <param name="synchronized">Whether the figures of all devices count. One process trains here, so only <see langword="false"/> is taken.</param>
    /// <exception cref="KerasException">There is no such axis, or <paramref name="synchronized"/> is asked for.</exception>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x, Axes axes, bool keepdims = false, bool synchronized = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(axes);
        if (synchronized) throw Throw.BadArgument("Ops.Moments", nameof(synchronized), "false", true, "Average the figures of your processes yourself; one process knows no others.");
        using var scope = torch.NewDisposeScope();
        long[] along = [.. Resolved("Ops.Moments", axes, x)];
        var type = x.dtype;
        var values = type == ScalarType.Float16 ? x.to_type(ScalarType.Float32) : x;
        var mean = values.mean(along, true);
        var variance = values.mul(values).mean(along, true).sub(mean.mul(mean));
        return (Result(mean), Result(variance));

        Tensor Result(Tensor figure)
        {
            // From the last axis on, so that the numbers of those before it hold.
            for (var i = along.Length - 1; i >= 0 && !keepdims; i--) figure = figure.squeeze(along[i]);
            if (type == ScalarType.Float16) figure = figure.clamp(-65504, 65504).to_type(type);
            return figure.MoveToOuterDisposeScope();
        }
    }

    /// <summary>x / max(‖x‖, epsilon) along one axis (Keras: <c>keras.ops.normalize</c>).</summary>
    /// <remarks><b>Shapes</b> unchanged. <code>var directions = Ops.Normalize(x);</code></remarks>
    /// <param name="x">Any tensor of floating numbers.</param>
    /// <param name="axis">The axis of a vector's elements; −1, the last, by default.</param>
    /// <param name="order">The order of the norm, at least 1; 2 by default.</param>
    /// <param name="epsilon">The least norm that is divided by; 1e-7 by default.</param>
    /// <exception cref="KerasException">There is no such axis, or the order is below 1.</exception>
    public static Tensor Normalize(Tensor x, int axis = -1, int order = 2, double? epsilon = null) => Normalize(x, (Axes?)axis, order, epsilon);

    /// <summary>x / max(‖x‖, epsilon) over several axes, or over all numbers at once.</summary>
    /// <remarks><b>Shapes</b> unchanged. <code>var whole = Ops.Normalize(x, axis: null);</code></remarks>
    /// <param name="x">Any tensor of floating numbers.</param>
    /// <param name="axis">The axes of a vector's elements; <see langword="null"/> for all of them.</param>
    /// <param name="order">The order of the norm, at least 1; 2 by default. Another one goes along a single axis only, as Keras takes several for those of a matrix.</param>
    /// <param name="epsilon">The least norm that is divided by; 1e-7 by default.</param>
    /// <exception cref="KerasException">There is no such axis, or the order is below 1 or does not go with several axes.</exception>
    public static Tensor Normalize(Tensor x, Axes? axis, int order = 2, double? epsilon = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        const string Where = "Ops.Normalize";
        if (order < 1) throw Throw.BadArgument(Where, nameof(order), "a whole number of at least 1", order, "Use 2 for the root of the sum of squares, 1 for the sum of magnitudes.");
        using var scope = torch.NewDisposeScope();
        var values = x.ndim == 0 ? x.unsqueeze(0) : x;
        int[] along = axis is null ? [.. Enumerable.Range(0, (int)values.ndim)] : Resolved(Where, axis, values);
        var least = epsilon ?? Epsilon;
        // The square is bounded before the root, so that vectors of zeros have a gradient.
        if (order == 2) return values.mul(values.mul(values).sum([.. along.Select(a => (long)a)], true).clamp_min(least * least).rsqrt()).MoveToOuterDisposeScope();
        if (along.Length > 1) throw Throw.BadArgument(Where, nameof(order), "2 over several axes", order, "Give one axis, or flatten the tensor first.");
        return values.div(values.norm(along[0], true, order).clamp_min(least)).MoveToOuterDisposeScope();
    }

    /// <summary>The peak signal-to-noise ratio of two signals, 20 · log₁₀(maxVal) − 10 · log₁₀(mean((x1 − x2)²)), in decibels (Keras: <c>keras.ops.psnr</c>).</summary>
    /// <remarks><b>Shapes</b> <c>(…), (…) → ()</c>; infinity for equal signals. <code>var decibels = Ops.Psnr(restored, original, maxVal: 1);</code></remarks>
    /// <param name="x1">One signal.</param>
    /// <param name="x2">The other one, of the same shape.</param>
    /// <param name="maxVal">The greatest value that a signal can have, above 0: 1 or 255.</param>
    /// <exception cref="KerasException">The shapes differ.</exception>
    public static Tensor Psnr(Tensor x1, Tensor x2, double maxVal)
    {
        ArgumentNullException.ThrowIfNull(x1);
        ArgumentNullException.ThrowIfNull(x2);
        if (!x1.shape.SequenceEqual(x2.shape)) throw Throw.BadArgument("Ops.Psnr", nameof(x2), $"of the shape of {nameof(x1)}, {Shape.Of(x1)},", Shape.Of(x2), "Resize or cut one of the two.");
        using var scope = torch.NewDisposeScope();
        var difference = x1.sub(x2);
        return difference.mul(difference).mean().log10().mul(-10).add(20 * Math.Log10(maxVal)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The negative log-likelihood of label sequences summed over all their alignments with the outputs (Graves et al., 2006; Keras: <c>keras.ops.ctc_loss</c>).
    /// <see cref="Losses.CTC"/> is the loss of a model.
    /// </summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, L), (N, T, C), (N), (N) → (N)</c>.
    /// <code>var loss = Ops.CtcLoss(labels, logits, labelLengths, stepsUsed).mean();</code>
    /// </remarks>
    /// <param name="target">Class numbers.</param>
    /// <param name="output">Logits.</param>
    /// <param name="targetLength">How many classes of each row count.</param>
    /// <param name="outputLength">How many steps of each row count.</param>
    /// <param name="maskIndex">The class that stands for nothing; 0 by default.</param>
    /// <exception cref="KerasException">A rank or the number of rows differs.</exception>
    public static Tensor CtcLoss(Tensor target, Tensor output, Tensor targetLength, Tensor outputLength, int maskIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(targetLength);
        ArgumentNullException.ThrowIfNull(outputLength);
        CheckRanks("Ops.CtcLoss", (nameof(output), output, 3), (nameof(target), target, 2), (nameof(targetLength), targetLength, 1), (nameof(outputLength), outputLength, 1));
        using var scope = torch.NewDisposeScope();
        var logits = output.dtype is ScalarType.Float32 or ScalarType.Float64 ? output : output.to_type(ScalarType.Float32);
        var log = torch.nn.functional.log_softmax(logits.transpose(0, 1), -1);
        return torch.nn.functional.ctc_loss(log, target, outputLength.to_type(ScalarType.Int64), targetLength.to_type(ScalarType.Int64), maskIndex, false, torch.nn.Reduction.None).MoveToOuterDisposeScope();
    }

    /// <summary>The axes counted from 0.</summary>
    private static int[] Resolved(string where, Axes axes, Tensor x) =>
        axes.TryResolve((int)x.ndim, out var resolved) ? resolved : throw Throw.BadArgument(where, "axis", $"between {-x.ndim} and {x.ndim - 1}", axes, $"The tensor is {Shape.Of(x)}.");

    /// <summary>Refuses tensors of other ranks, or of another number of rows than the first.</summary>
    private static void CheckRanks(string where, params ReadOnlySpan<(string Name, Tensor Tensor, int Rank)> tensors)
    {
        var rows = tensors[0].Tensor;
        foreach (var (name, tensor, rank) in tensors)
        {
            if (tensor.ndim != rank) throw Throw.BadArgument(where, name, $"a tensor of {rank} ax{(rank == 1 ? "i" : "e")}s", Shape.Of(tensor), "Reshape it, the batch first.");
            if (tensor.size(0) != rows.size(0)) throw Throw.BadArgument(where, name, $"a tensor of {rows.size(0)} rows, as {tensors[0].Name} has,", Shape.Of(tensor), "Give a row for every sample.");
        }
    }
}
