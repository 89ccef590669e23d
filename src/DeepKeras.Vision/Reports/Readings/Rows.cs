namespace DeepKeras.Vision.Reports;

/// <summary>A batch's numbers in memory, sample by sample.</summary>
internal sealed class Rows<T>
    where T : unmanaged
{
    private readonly T[] _values;

    private Rows(T[] values, int width) => (_values, Width) = (values, width);

    /// <summary>Numbers per sample.</summary>
    public int Width { get; }

    public ReadOnlySpan<T> this[int row] => _values.AsSpan(row * Width, Width);

    /// <param name="tensor">(n) or (n, width).</param>
    /// <param name="type">The element type of <typeparamref name="T"/>.</param>
    public static Rows<T> Of(Tensor tensor, ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        return new(tensor.cpu().to_type(type).contiguous().data<T>().ToArray(), tensor.ndim == 1 ? 1 : (int)tensor.shape[1]);
    }
}
