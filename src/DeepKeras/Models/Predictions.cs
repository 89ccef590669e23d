using System.Collections;

namespace DeepKeras;

/// <summary>
/// What <see cref="Model.Predict(Data.TensorData, int?, int, IReadOnlyList{Callbacks.Callback}?, CancellationToken)"/> returns: one tensor per model output, on the CPU.
/// A single output converts to <see cref="Tensor"/> by itself: <c>Tensor p = model.Predict(x);</c>.
/// </summary>
/// <remarks>The memory is left to the garbage collector unless a dispose scope or <see cref="Dispose"/> frees it sooner.</remarks>
public sealed class Predictions : IReadOnlyList<Tensor>, IDisposable
{
    private readonly Tensor[] _outputs;
    private readonly IReadOnlyList<string> _names;

    internal Predictions(Tensor[] outputs, IReadOnlyList<string> names) => (_outputs, _names) = (outputs, names);

    /// <summary>The number of outputs.</summary>
    public int Count => _outputs.Length;

    /// <summary>The only output.</summary>
    /// <exception cref="KerasException">The model has several outputs.</exception>
    public Tensor Single => _outputs.Length == 1 ? _outputs[0] : throw new KerasException($"The model predicts {_outputs.Length} outputs ({string.Join(", ", _names)}), so they cannot be one tensor. Take predictions[0] or predictions[\"{_names[0]}\"].");

    /// <summary>An output by its place.</summary>
    /// <param name="index">From 0, in the order of the model's outputs.</param>
    public Tensor this[int index] => _outputs[index];

    /// <summary>An output by its name.</summary>
    /// <param name="name">The output layer's name.</param>
    public Tensor this[string name] => _names.ToList().IndexOf(name) is >= 0 and var i ? _outputs[i] : throw Throw.UnknownName("output", name, _names);

    /// <summary>The numbers of the only output in row-major order.</summary>
    public float[] ToArray()
    {
        using var plain = Single.to_type(ScalarType.Float32).contiguous();
        return plain.data<float>().ToArray();
    }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_outputs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Frees the tensors now instead of at the next garbage collection.</summary>
    public void Dispose()
    {
        foreach (var output in _outputs) output.Dispose();
    }

    /// <summary>The only output.</summary>
    public static implicit operator Tensor(Predictions predictions) => predictions.Single;
}
