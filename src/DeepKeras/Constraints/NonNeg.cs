namespace DeepKeras.Constraints;

/// <summary>Sets negative weights to 0: <c>max(w, 0)</c> (Keras: <c>keras.constraints.NonNeg</c>).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var d = Dense(10, kernelConstraint: "non_neg");</code></remarks>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Project(Tensor weight) => torch.nn.functional.relu(weight);
}
