using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepKeras;

/// <summary>The inputs or outputs of a model: one symbolic tensor, or several: <c>new Model(inputs: [a, b], outputs: c)</c>.</summary>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
public sealed class KerasTensors : IReadOnlyList<KerasTensor>
{
    private readonly KerasTensor[] _tensors;

    private KerasTensors(KerasTensor[] tensors) => _tensors = tensors;

    /// <inheritdoc/>
    public int Count => _tensors.Length;

    /// <inheritdoc/>
    public KerasTensor this[int index] => _tensors[index];

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="tensors">The tensors in order.</param>
    public static KerasTensors Create(ReadOnlySpan<KerasTensor> tensors) => new(tensors.ToArray());

    /// <inheritdoc/>
    public IEnumerator<KerasTensor> GetEnumerator() => ((IEnumerable<KerasTensor>)_tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A single tensor.</summary>
    public static implicit operator KerasTensors(KerasTensor tensor) => new([tensor]);

    /// <summary>Several tensors.</summary>
    public static implicit operator KerasTensors(KerasTensor[] tensors) => new(tensors);

    /// <summary>Several tensors.</summary>
    public static implicit operator KerasTensors(List<KerasTensor> tensors) => new([.. tensors]);
}
