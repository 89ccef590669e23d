namespace DeepKeras.Constraints;

/// <summary>The base of constraints on the length of the vectors along some axes of a weight.</summary>
public abstract class NormConstraint : Constraint
{
    // keras.config.epsilon(): keeps a vector of zeros from becoming NaN.
    private const double Epsilon = 1e-7;
    private readonly Dictionary<long, long[]> _axes = [];

    /// <summary>Creates the constraint.</summary>
    /// <param name="axis">The axes along which lengths are taken, in Keras's layout.</param>
    protected NormConstraint(Axes? axis) => Axis = axis ?? 0;

    /// <summary>The axes along which lengths are taken, in Keras's layout: 0 for the kernel of a Dense, [0, 1, 2] for that of a Conv2D.</summary>
    public Axes Axis { get; }

    private protected Tensor Norms(Tensor weight) => weight.mul(weight).sum(Resolve(weight.ndim), true).sqrt();

    /// <summary>The weight with its vectors brought from one length to another.</summary>
    private protected static Tensor Rescale(Tensor weight, Tensor norms, Tensor desired) => weight.mul(desired.div(norms.add(Epsilon)));

    private protected static Tensor ToUnit(Tensor weight, Tensor norms) => weight.div(norms.add(Epsilon));

    private long[] Resolve(long rank)
    {
        if (_axes.TryGetValue(rank, out var known)) return known;
        if (!Axis.TryResolve((int)rank, out var axes)) throw Throw.BadArgument(GetType().Name, "axis", $"axes of a weight of {rank} axes", Axis, "Use axis: 0 for the kernel of a Dense layer, axis: [0, 1, 2] for that of a Conv2D.");
        return _axes[rank] = [.. axes.Select(a => (long)a)];
    }
}
