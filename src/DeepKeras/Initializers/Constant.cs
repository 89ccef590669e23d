namespace DeepKeras.Initializers;

/// <summary>The same number everywhere, or given numbers (Keras: <c>keras.initializers.Constant</c>).</summary>
/// <remarks><code>var d = Dense(10, biasInitializer: new Constant(0.1));</code></remarks>
public sealed class Constant : Initializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="value">A number, 0 by default, or an array that stretches to the weight's shape.</param>
    public Constant(Numbers? value = null) => Value = value ?? 0;

    /// <summary>The number or the array.</summary>
    public Numbers Value { get; }

    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        if (Value.IsScalar) return torch.full(shape, Value[0], dtype);
        if (!Value.StretchesTo(shape)) throw Throw.BadArgument(nameof(Constant), "value", $"a number or an array that stretches to the weight's shape {new Shape(shape)}", $"an array of shape {Value.Shape}", "Give an array of the weight's own shape.");
        using var values = Value.ToTensor(dtype);
        return values.broadcast_to(shape).clone();
    }
}
