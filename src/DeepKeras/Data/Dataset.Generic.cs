namespace DeepKeras.Data;

/// <summary>
/// A stream of elements that can be started again for each epoch: samples, batches, file names, anything. <c>Fit</c>, <c>Evaluate</c> and
/// <c>Predict</c> take a <c>Dataset&lt;Batch&gt;</c>; the operators turn one data set into another, and nothing is read before a pass starts.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
/// <remarks>
/// <para>Nobody disposes anything by hand: tensors that are made while an element is made are freed after the step that uses it, whichever thread
/// made them; tensors that were there before (the arrays behind the data, a cache) are never freed. Make what serves several elements before the
/// enumeration, or keep it with <c>DetachFromDisposeScope()</c>. Tensors are found in elements that are tensors, <see cref="Sample"/>s,
/// <see cref="Batch"/>es, tuples, records, and in arrays, lists and dictionaries of them.</para>
/// <code>var data = Dataset.FromTensors(x, y)
///     .Shuffle(10_000)
///     .Map((image, label) => (image.flip(1), label), workers: 2)
///     .Batch(32)
///     .Prefetch(2);
/// model.Fit(data, epochs: 5);</code>
/// </remarks>
public abstract partial class Dataset<T>
{
    /// <summary>Elements per pass, or <see langword="null"/> when unknown or endless.</summary>
    public virtual long? Count => null;

    /// <summary><see cref="Count"/> as the number of steps of an epoch.</summary>
    internal int? Steps => Count is { } count and <= int.MaxValue ? (int)count : null;

    /// <summary>Whether a pass never ends.</summary>
    internal virtual bool IsEndless => false;

    /// <summary>What decides the orders of the shuffles in here, so that a backup of a training (<see cref="Callbacks.BackupAndRestore"/>) can keep how many passes they have begun.</summary>
    /// <remarks>A data set of one's own that is made from others hands theirs on; a cache keeps its order to itself.</remarks>
    public virtual IReadOnlyList<ShuffleKeys> Orders => [];

    /// <summary>Starts a pass over the data.</summary>
    /// <remarks>Around a loop over it put a dispose scope per element (<c>using var scope = torch.NewDisposeScope();</c> before <c>MoveNext</c>); Fit, Evaluate and Predict do.</remarks>
    /// <returns>The elements of one pass, read as they are asked for. Every call starts a fresh one.</returns>
    public abstract IEnumerable<T> Elements();
}
