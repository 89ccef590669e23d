using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>One weight and its place in a PyTorch state dict: key, shape there, and the way between the two layouts.</summary>
/// <remarks>
/// A weight's live tensor has torch's layout already, but for three: a dense kernel is (in, out) here and (out, in) there, the two axes (channels, multiplier)
/// of a depthwise kernel are one axis there, with an axis of 1 behind it, and the slopes of PReLU have no axes of 1 there.
/// </remarks>
internal sealed class StateDictSlot
{
    private readonly Weight _weight;
    private readonly bool _isMatrix;
    private readonly long[]? _inputOrder;
    private readonly long[]? _outputOrder;

    public StateDictSlot(string key, Weight weight, FeatureOrder order)
    {
        Key = key;
        _weight = weight;
        var native = weight.Native.shape;
        _isMatrix = weight.Owner is Dense && weight.Shape.Rank == 2;
        Shape = _isMatrix ? [native[1], native[0]]
            : native.Length > 2 && (weight.Owner is DepthwiseConv1D or DepthwiseConv2D || weight.Name == "depthwise_kernel") ? [native[0] * native[1], 1, .. native[2..]]
            : weight.Owner is PReLU && native.Count(e => e != 1) <= 1 ? [weight.ElementCount]
            : native;
        if (weight.Owner is not (Dense or NormalizationLayer or RMSNormalization or PReLU)) return;
        if (_isMatrix) (_inputOrder, _outputOrder) = (order.Before(weight.Owner), order.After(weight.Owner));
        else if (native.Length == 1) _outputOrder = weight.Owner is Dense ? order.After(weight.Owner) : order.Before(weight.Owner) ?? order.After(weight.Owner);
        if (_inputOrder?.Length != native[0]) _inputOrder = null;
        if (_outputOrder?.Length != native[^1]) _outputOrder = null;
    }

    public string Key { get; }

    /// <summary>The shape in the state dict.</summary>
    public long[] Shape { get; }

    public Weight Weight => _weight;

    public TensorSource Source => new(Key, _weight.Native.dtype, Shape, Read);

    /// <summary>
    /// The name of a weight in a state dict, by its name here; weights of TorchSharp modules have PyTorch's names already.
    /// </summary>
    public static string NameOf(Weight weight) => weight.Name switch
    {
        "kernel" or "depthwise_kernel" or "pointwise_kernel" or "gamma" or "alpha" or "scale" => "weight",
        "beta" => "bias",
        "moving_mean" => "running_mean",
        "moving_variance" => "running_var",
        var other => other,
    };

    /// <summary>
    /// Whether values of a shape can be taken: the same one, or one that differs by axes of 1 at its end (a 1×1 convolution and a linear layer).
    /// </summary>
    public bool Accepts(Shape found)
    {
        if (!found.IsFullyKnown) return false;
        var (a, b) = (Shape, found.ToArray());
        if (a.Length < b.Length) (a, b) = (b, a);
        return a.AsSpan()[..b.Length].SequenceEqual(b) && a.AsSpan()[b.Length..].IndexOfAnyExcept(1) < 0;
    }

    /// <summary>Overwrites the weight with values of the state dict.</summary>
    public void Write(Tensor stored)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        if (_isMatrix)
        {
            _weight.AssignMerged(Ordered(Ordered(stored.reshape(Shape).t(), 0, _inputOrder), 1, _outputOrder));
            return;
        }
        var native = stored.reshape(_weight.Native.shape);
        _weight.AssignMerged(_weight.ToSurface(Ordered(native, 0, _outputOrder)));
    }

    private Tensor Read()
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var native = _weight.Effective.detach().cpu();
        var stored = _isMatrix
            ? Ordered(Ordered(native, 0, Inverse(_inputOrder)), 1, Inverse(_outputOrder)).t()
            : Ordered(native, 0, Inverse(_outputOrder)).contiguous().reshape(Shape);
        return stored.MoveToOuterDisposeScope();
    }

    private static Tensor Ordered(Tensor values, long axis, long[]? order) =>
        order is null ? values : values.index_select(axis, torch.tensor(order, [order.Length]).to(values.device));

    private static long[]? Inverse(long[]? order)
    {
        if (order is null) return null;
        var inverse = new long[order.Length];
        for (var i = 0; i < order.Length; i++) inverse[order[i]] = i;
        return inverse;
    }
}
