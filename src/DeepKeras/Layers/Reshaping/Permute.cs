namespace DeepKeras.Layers;

/// <summary>Puts the axes of each sample into another order (Keras: <c>keras.layers.Permute</c>).</summary>
/// <remarks>
/// <b>Shapes</b> output axis i has the extent of input axis <c>dims[i]</c>; axes are counted from 1, the batch axis stays first.
/// <code>var t = Permute((2, 1))(Input(10, 64)); // (None, 64, 10)</code>
/// </remarks>
public sealed class Permute : Layer
{
    private readonly long[] _native;

    /// <summary>Creates the layer.</summary>
    /// <param name="dims">The axes in their new order, each of 1 … rank − 1 once; the batch axis is not counted.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="dims"/> is not an order of 1, 2, ….</exception>
    public Permute(Shape dims, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Dims = dims;
        for (var axis = 1; axis <= dims.Rank; axis++)
        {
            if (!dims.Contains(axis)) throw Throw.BadArgument(Where, nameof(dims), $"an order of the axes 1 … {dims.Rank}, each once", dims, "The batch axis is not counted: write (2, 1) to swap the two axes behind it.");
        }
        _native = [0, .. dims.ToArray()];
    }

    /// <summary>The axes in their new order.</summary>
    public Shape Dims { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (input.Rank != _native.Length) throw Throw.BadInput(this, $"{_native.Length} axes, the batch and those of dims {Dims},", input, "Name every axis behind the batch once.");
        return new([.. _native.Select(axis => input[(int)axis])]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input.permute(_native);
}
