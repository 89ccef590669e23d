namespace DeepKeras.Constraints;

/// <summary>Gives every vector the length 1: <c>w / (‖w‖ + 1e-7)</c> (Keras: <c>keras.constraints.UnitNorm</c>).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var d = Dense(10, kernelConstraint: new UnitNorm());</code></remarks>
public sealed class UnitNorm : NormConstraint
{
    /// <summary>Creates the constraint.</summary>
    /// <param name="axis">The axes along which lengths are taken, in Keras's layout; 0 by default.</param>
    public UnitNorm(Axes? axis = null)
        : base(axis)
    {
    }

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight) => ToUnit(weight, Norms(weight));
}
