using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>A figure followed over an epoch. Its sums stay on the device; only <see cref="Result"/> is read. A string converts to it.</summary>
/// <remarks>A metric of one's own makes its sums with <see cref="AddState"/>, changes them in place in <see cref="Update"/> and combines them in <see cref="Result"/>.</remarks>
public abstract class Metric
{
    private readonly List<Tensor> _state = [];

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name in logs; by default the class name in snake case.</param>
    protected Metric(string? name = null) => Name = name ?? Naming.ToSnakeCase(GetType().Name);

    /// <summary>The name in logs and in <see cref="History"/>.</summary>
    public string Name { get; internal set; }

    /// <summary>Whether larger is better; decides what "best" means to callbacks in mode "auto". <see langword="null"/> where neither holds.</summary>
    public virtual bool? HigherIsBetter => null;

    /// <summary>Refuses targets that cannot be compared with an output of this shape. Called once, before training.</summary>
    /// <param name="yTrue">The targets' shape, with the batch axis.</param>
    /// <param name="yPred">The output's shape, with the batch axis.</param>
    /// <param name="outputName">The output's name, for the error.</param>
    /// <exception cref="KerasException">They do not fit.</exception>
    public virtual void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
    }

    /// <summary>Takes one batch in.</summary>
    /// <param name="yTrue">Targets.</param>
    /// <param name="yPred">Predictions.</param>
    /// <param name="sampleWeight">One weight per sample, or <see langword="null"/>.</param>
    public abstract void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null);

    /// <summary>The figure over all batches since <see cref="Reset"/>.</summary>
    public abstract Tensor Result();

    /// <summary>Forgets all batches.</summary>
    public virtual void Reset()
    {
        // TorchSharp's zero_() makes a second tensor object, which no scope would free here; fill_ does not.
        foreach (var sum in _state) sum.fill_(0);
    }

    /// <summary>The element type of sums: as wide as the session's numbers, but never narrower than float32, whose sums would stand still.</summary>
    internal static ScalarType SumType => Keras.FloatType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>A sum that lives on the device between batches, zero at first.</summary>
    /// <param name="shape">Its shape; empty for a scalar.</param>
    /// <param name="dtype">Its element type; by default float32, or float64 where <see cref="Keras.FloatType"/> is.</param>
    protected Tensor AddState(long[] shape, ScalarType? dtype = null)
    {
        // A sum made at the first batch may be made in inference mode, whose tensors could not be changed outside of it.
        using var normal = torch.inference_mode(false);
        var sum = torch.zeros(shape, dtype ?? SumType, Keras.Device).DetachFromDisposeScope();
        _state.Add(sum);
        return sum;
    }

    /// <summary>Numbers of the current epoch that are kept on the host.</summary>
    private protected virtual long[] Counters
    {
        get => [];
        set { }
    }

    /// <summary>What the batches so far have left: sums and counters, for a backup in the middle of an epoch.</summary>
    internal virtual IReadOnlyList<Tensor> GetState() => [torch.tensor(Counters, ScalarType.Int64), .. _state.Select(s => s.cpu().clone())];

    /// <summary>Goes on from what <see cref="GetState"/> gave; the sums must be made already.</summary>
    /// <returns>Whether there are as many.</returns>
    internal virtual bool TrySetState(IReadOnlyList<Tensor> state)
    {
        if (state.Count != 1 + _state.Count || !_state.Zip(state.Skip(1)).All(s => s.First.shape.AsSpan().SequenceEqual(s.Second.shape))) return false;
        using var recording = torch.no_grad();
        Counters = [.. state[0].data<long>()];
        for (var i = 0; i < _state.Count; i++) _state[i].copy_(state[i + 1]);
        return true;
    }

    /// <summary>The metric of that name, with its defaults; <c>"accuracy"</c> and <c>"crossentropy"</c> choose by the shapes.</summary>
    public static implicit operator Metric(string name) => MetricResolver.Resolve(name);
}
