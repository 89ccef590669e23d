using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Which element types a layer works with (Keras: <c>keras.DTypePolicy</c>): <c>"float32"</c>, <c>"float64"</c>, <c>"bfloat16"</c>, <c>"float16"</c> for
/// weights and computing alike, or <c>"mixed_bfloat16"</c> and <c>"mixed_float16"</c>, which keep weights in float32 and compute in 16 bits.
/// </summary>
/// <remarks>
/// In a mixed model each layer's inputs and weights are narrowed right before the layer runs, and gradients reach the float32 weights. Normalisations compute in
/// float32 by themselves; losses, metrics and what <c>Predict</c> returns are float32. <c>bfloat16</c> has the range of float32, so losses need no scaling.
/// <code>SetDtypePolicy("mixed_bfloat16");   // before the layers are made</code>
/// </remarks>
public readonly record struct DtypePolicy
{
    private const string Mixed = "mixed_";
    private readonly ScalarType? _weights;
    private readonly ScalarType? _computing;

    private DtypePolicy(ScalarType weights, ScalarType computing) => (_weights, _computing) = (weights, computing);

    /// <summary>The element type of weights.</summary>
    public ScalarType VariableType => _weights ?? ScalarType.Float32;

    /// <summary>The element type that the layer computes in.</summary>
    public ScalarType ComputeType => _computing ?? ScalarType.Float32;

    /// <summary>Whether both types differ.</summary>
    public bool IsMixed => VariableType != ComputeType;

    /// <summary>One type for everything.</summary>
    /// <param name="type">Any element type; integers for inputs.</param>
    public static DtypePolicy Of(ScalarType type) => new(type, type);

    /// <summary>Keras's name: <c>float32</c>, <c>mixed_bfloat16</c> ….</summary>
    public override string ToString() => (IsMixed ? Mixed : "") + DtypeName.Of(ComputeType);

    /// <summary>The policy of that name.</summary>
    /// <exception cref="KerasException">There is none.</exception>
    public static implicit operator DtypePolicy(string name) => name switch
    {
        "mixed_bfloat16" => new(ScalarType.Float32, ScalarType.BFloat16),
        "mixed_float16" => new(ScalarType.Float32, ScalarType.Float16),
        null => throw Throw.UnknownName("dtype policy", "null", ["float32", "float64", "mixed_bfloat16", "mixed_float16"]),
        _ when name.StartsWith(Mixed, StringComparison.Ordinal) => throw Throw.UnknownName("dtype policy", name, ["mixed_bfloat16", "mixed_float16", "float32", "float64"]),
        _ => Of(DtypeName.Parse(name)),
    };
}
