namespace DeepKeras.Layers;

/// <summary>Repeats each vector n times, as a sequence (Keras: <c>keras.layers.RepeatVector</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, features) → (N, n, features)</c>.
/// <code>var t = RepeatVector(3)(Input(32)); // (None, 3, 32)</code>
/// </remarks>
public sealed class RepeatVector : Layer
{
    private readonly long[] _repeats;

    /// <summary>Creates the layer.</summary>
    /// <param name="n">How often, at least 1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="n"/> is not positive.</exception>
    public RepeatVector(long n, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (n < 1) throw Throw.BadArgument(Where, nameof(n), "a positive number", n, "Give the length of the sequence wanted.");
        N = n;
        _repeats = [1, n, 1];
    }

    /// <summary>How often each vector is repeated.</summary>
    public long N { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.Rank == 2
        ? new(input[0], N, input[1])
        : throw Throw.BadInput(this, "two axes (batch, features)", input, "Put a Flatten() before it.");

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input.unsqueeze(1).repeat(_repeats);
}
