using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// The front door. <c>using static DeepKeras.Keras;</c> brings one factory per layer (<c>Dense(10)</c>, <c>Conv2D(6, 5)</c> …),
/// <c>Input</c>, <c>ToCategorical</c> and the settings of the session.
/// </summary>
public static partial class Keras
{
    private static torch.Device? s_device;

    /// <summary>The element types of new layers: <c>"float32"</c> unless changed, <c>"mixed_bfloat16"</c> to compute in 16 bits, <c>"float64"</c> for gradient checks.</summary>
    public static DtypePolicy DtypePolicy { get; private set; }

    /// <summary>The element type of new layers' weights, that of the <see cref="DtypePolicy"/>. Setting it sets the policy to this one type.</summary>
    public static ScalarType FloatType
    {
        get => DtypePolicy.VariableType;
        set => DtypePolicy = DtypePolicy.Of(value);
    }

    /// <summary>Chooses the element types of the layers that are made from now on (Keras: <c>keras.config.set_dtype_policy</c>).</summary>
    /// <param name="policy"><c>"float32"</c>, <c>"float64"</c>, <c>"mixed_bfloat16"</c>, <c>"mixed_float16"</c> ….</param>
    public static void SetDtypePolicy(DtypePolicy policy) => DtypePolicy = policy;

    /// <summary>Where new weights live and models compute: the first CUDA device when there is one, else the CPU.</summary>
    public static torch.Device Device
    {
        get => s_device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        set => s_device = value;
    }

    /// <summary>A symbolic tensor where data enters a graph.</summary>
    /// <param name="shape">Shape of one sample, without the batch axis; <see langword="null"/> for free extents: <c>(null, null, 3)</c>.</param>
    /// <param name="batchSize">A fixed number of samples; any by default.</param>
    /// <param name="dtype">Element type that data is converted to; <see cref="FloatType"/> by default.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public static KerasTensor Input(Shape shape, long? batchSize = null, ScalarType? dtype = null, string? name = null) =>
        new InputLayer(shape, batchSize, dtype, name).Output;

    /// <summary>Forgets the automatic layer names, so that the next Dense is <c>dense</c> again.</summary>
    public static void ClearSession() => AutoName.Reset();

    /// <summary>Makes a class of one's own known by its name, so that strings and saved models find it.</summary>
    /// <typeparam name="T">What it is: <see cref="Layer"/>, <see cref="Losses.Loss"/>, <see cref="Metrics.Metric"/>, <see cref="Optimizer"/> ….</typeparam>
    /// <param name="type">The class.</param>
    public static void Register<T>(Type type)
        where T : class => Catalog<T>.Add(type);

    /// <summary>Seeds everything that draws random numbers (weights, dropout, shuffles, torch), so that a CPU run repeats bit for bit.</summary>
    /// <param name="seed">Any number.</param>
    public static void SetRandomSeed(int seed)
    {
        RandomSource.State = unchecked((ulong)seed);
        _ = torch.manual_seed(seed);
    }
}
