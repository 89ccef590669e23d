namespace DeepKeras.Regularizers;

/// <summary>
/// Drives the rows (or columns) of a matrix to be orthogonal: <c>½ · factor · Σ|cos(vᵢ, vⱼ)| / pairs</c> over all i ≠ j
/// (Keras: <c>keras.regularizers.OrthogonalRegularizer</c>).
/// </summary>
/// <remarks><b>Shapes</b> (rows, columns) → scalar. <code>var d = Dense(10, kernelRegularizer: new OrthogonalRegularizer(0.01, "columns"));</code></remarks>
public sealed class OrthogonalRegularizer : Regularizer
{
    private static readonly string[] s_modes = ["rows", "columns"];

    /// <summary>Creates the regularizer.</summary>
    /// <param name="factor">Strength, not negative; 0.01 by default.</param>
    /// <param name="mode"><c>"rows"</c> (default) or <c>"columns"</c>.</param>
    /// <exception cref="KerasException">An argument is none of these.</exception>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        Factor = Checked(nameof(OrthogonalRegularizer), nameof(factor), factor);
        if (!s_modes.Contains(mode, StringComparer.Ordinal)) throw Throw.UnknownName("mode of OrthogonalRegularizer", mode, s_modes);
        Mode = mode;
    }

    /// <summary>Strength.</summary>
    public double Factor { get; }

    /// <summary><c>rows</c> or <c>columns</c>.</summary>
    public string Mode { get; }

    /// <inheritdoc/>
    /// <exception cref="KerasException">The values are not a matrix.</exception>
    public override Tensor Penalty(Tensor values)
    {
        if (values.ndim != 2) throw Throw.BadArgument(nameof(OrthogonalRegularizer), nameof(values), "a matrix", new Shape(values.shape), "Use it for the kernel of a Dense layer.");
        var axis = Mode == "rows" ? 1 : 0;
        // Keras bounds the length from below by 1e-12, so that a row of zeros stays one.
        var unit = values.mul(values.mul(values).sum(axis, true).clamp(1e-24).rsqrt());
        var cosines = Mode == "rows" ? unit.mm(unit.t()) : unit.t().mm(unit);
        var size = cosines.shape[0];
        var others = cosines.mul(torch.ones(size, size, cosines.dtype, cosines.device).sub(torch.eye(size, size, cosines.dtype, cosines.device)));
        var pairs = Math.Max(1, size * (size - 1) / 2.0);
        return others.abs().sum().mul(0.5 * Factor / pairs);
    }
}
