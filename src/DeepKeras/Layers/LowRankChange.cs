namespace DeepKeras.Layers;

/// <summary>What low-rank adaptation adds to a weight that stays as it is: <c>a · b · factor</c>, two narrow matrices that are trained in its place (Hu et al., 2021).</summary>
/// <param name="a">The weight's axes but the last one, then the rank.</param>
/// <param name="b">The rank, then the weight's last axis.</param>
/// <param name="factor">alpha / rank.</param>
internal sealed class LowRankChange(Weight a, Weight b, double factor)
{
    /// <summary>Whether a weight is one of the two matrices.</summary>
    public bool Holds(Weight weight) => ReferenceEquals(weight, a) || ReferenceEquals(weight, b);

    /// <summary>The weight with the change.</summary>
    public Tensor AddTo(Tensor values)
    {
        var rank = b.Native.size(0);
        var change = a.Native.reshape(-1, rank).mm(b.Native).mul(factor).reshape(values.shape);
        return values.add(change.dtype == values.dtype ? change : change.to_type(values.dtype));
    }

    /// <summary>Rows of the weight with their change, without computing the others.</summary>
    public Tensor AddToRows(Tensor rows, Tensor ids)
    {
        var change = a.Native.index_select(0, ids).mm(b.Native).mul(factor);
        return rows.add(change.dtype == rows.dtype ? change : change.to_type(rows.dtype));
    }

    /// <summary>Takes the change back, where the weight holds it already. The first matrix stays, so that the pair can learn.</summary>
    public void Clear()
    {
        using var gradients = torch.no_grad();
        using var none = torch.zeros(b.Shape.ToArray(), b.Native.dtype, b.Native.device);
        b.Assign(none);
    }
}
