namespace DeepKeras.Data;

/// <content>From asynchronous enumerations and from TorchSharp's data sets.</content>
public static partial class Dataset
{
    /// <summary>The elements of an asynchronous enumeration that a function starts for each pass: a download, a queue, a database.</summary>
    /// <remarks>
    /// The tensors of an element belong to the pass from then on and are freed after the step, because they come from threads without a dispose
    /// scope of ours. Yield an <c>alias()</c> of a tensor that you keep.
    /// </remarks>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="start">Starts a pass; a <c>[EnumeratorCancellation]</c> token is cancelled when the pass is given up.</param>
    /// <param name="count">Elements per pass where known.</param>
    public static Dataset<T> FromAsync<T>(Func<IAsyncEnumerable<T>> start, long? count = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new AsyncDataset<T>(start, count);
    }

    /// <summary>The elements of a data set written for TorchSharp, as they are; see <c>FromTorch</c> for samples.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="source">The data set; it stays yours to dispose.</param>
    public static Dataset<T> From<T>(torch.utils.data.Dataset<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TorchDataset<T>(source);
    }

    /// <summary>Samples from a data set written for TorchSharp that gives lists of tensors, such as its <c>TensorDataset(x, y)</c>.</summary>
    /// <param name="source">The data set; it stays yours to dispose.</param>
    /// <param name="targets">How many tensors at the end of each list are targets; 1 by default.</param>
    /// <exception cref="KerasException">While reading: a list is not longer than <paramref name="targets"/>.</exception>
    public static Dataset<Sample> FromTorch(torch.utils.data.Dataset<IList<Tensor>> source, int targets = 1)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (targets < 0) throw Throw.OutOfRange(nameof(targets), "at least 0", targets);
        return new TorchDataset<IList<Tensor>>(source).Map(list =>
        {
            if (list.Count <= targets) throw Throw.TorchListLength(list.Count, targets);
            return new Sample([.. list.Take(list.Count - targets)], [.. list.Skip(list.Count - targets)]);
        });
    }

    /// <summary>Samples from a data set written for TorchSharp that gives dictionaries, such as those of torchvision.</summary>
    /// <param name="source">The data set; it stays yours to dispose.</param>
    /// <param name="x">The key of the input.</param>
    /// <param name="y">The key of the target.</param>
    /// <exception cref="KerasException">While reading: a dictionary lacks a key.</exception>
    public static Dataset<Sample> FromTorch(torch.utils.data.Dataset<Dictionary<string, Tensor>> source, string x = "data", string y = "label")
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TorchDataset<Dictionary<string, Tensor>>(source).Map(named => new Sample(Entry(named, x), Entry(named, y)));
    }

    private static Tensor Entry(Dictionary<string, Tensor> named, string key) => named.TryGetValue(key, out var tensor) ? tensor : throw Throw.UnknownName("key of the data set", key, named.Keys);
}
