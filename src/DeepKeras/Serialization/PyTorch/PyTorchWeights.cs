namespace DeepKeras.Serialization;

/// <summary>What both formats of PyTorch share: the tensors of a pickle, and how one is read from its storage.</summary>
internal abstract class PyTorchWeights(string path) : IWeightReader
{
    private readonly Dictionary<string, PickleTensor> _byName = new(StringComparer.Ordinal);
    private TensorTree _tree = null!;

    public IReadOnlyList<WeightEntry> Entries { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Metadata => _tree.Metadata;

    public IReadOnlyList<string> Skipped => _tree.Skipped;

    protected string Path => path;

    public Tensor Read(string name)
    {
        var tensor = _byName[name];
        using var scope = torch.NewDisposeScope();
        var elements = torch.empty([tensor.Span], tensor.Storage.Dtype);
        if (tensor.Span > 0) Fill(name, tensor, elements);
        var shaped = tensor.Span == 0 || tensor.IsContiguous ? elements.view(tensor.Shape) : elements.as_strided(tensor.Shape, tensor.Strides).contiguous();
        return shaped.MoveToOuterDisposeScope();
    }

    public abstract void Dispose();

    /// <summary>Fills a tensor with a storage's bytes from <paramref name="start"/> on.</summary>
    protected abstract void ReadStorage(PickleStorage storage, long start, Tensor target);

    /// <summary>Takes over what the pickle holds.</summary>
    protected void Take(object? root)
    {
        _tree = TensorTree.Of(root, path);
        Entries = [.. _tree.Tensors.Select(t => new WeightEntry(t.Name, t.Tensor.Storage.Dtype, new Shape(t.Tensor.Shape)))];
        foreach (var (name, tensor) in _tree.Tensors) _byName.Add(name, tensor);
    }

    private void Fill(string name, PickleTensor tensor, Tensor elements)
    {
        try
        {
            ReadStorage(tensor.Storage, tensor.First * SafetensorsType.Size(tensor.Storage.Dtype), elements);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw Throw.PyTorchFile(path, $"'{name}': its storage cannot be read to its end ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
    }
}
