using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepKeras.Training;

/// <summary>After which epochs <c>Fit</c> validates: every so many (<c>2</c>), or after those of a list, counted from 1 (<c>[1, 2, 10]</c>).</summary>
[CollectionBuilder(typeof(ValidationFrequency), nameof(Create))]
public sealed class ValidationFrequency : IEnumerable<int>
{
    private readonly int _every;
    private readonly int[] _epochs;

    private ValidationFrequency(int every, int[] epochs) => (_every, _epochs) = (every, epochs);

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="epochs">Epochs, counted from 1.</param>
    /// <exception cref="KerasException">One is below 1.</exception>
    public static ValidationFrequency Create(ReadOnlySpan<int> epochs)
    {
        foreach (var epoch in epochs)
        {
            if (epoch < 1) throw Throw.OutOfRange("validationFreq", "at least 1 for each epoch", epoch);
        }
        return new(0, epochs.ToArray());
    }

    /// <summary>Whether an epoch is followed by a validation.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public bool Includes(int epoch) => _every > 0 ? (epoch + 1) % _every == 0 : _epochs.Contains(epoch + 1);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_epochs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Every so many epochs.</summary>
    /// <exception cref="KerasException">It is below 1.</exception>
    public static implicit operator ValidationFrequency(int every) => every >= 1 ? new(every, []) : throw Throw.OutOfRange("validationFreq", "at least 1", every);

    /// <summary>After the epochs of a list, counted from 1.</summary>
    public static implicit operator ValidationFrequency(int[] epochs) => Create(epochs);
}
