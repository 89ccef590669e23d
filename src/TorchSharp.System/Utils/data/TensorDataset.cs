using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The rows of tensors.</summary>
public class TensorDataset : utils.data.IterableDataset
{
    private readonly Tensor[] _tensors;

    internal TensorDataset(Tensor[] tensors)
    {
        if (tensors is null || tensors.Length == 0) throw new ArgumentNullException(nameof(tensors));
        if (Array.Exists(tensors, t => t.size(0) != tensors[0].size(0))) throw new ArgumentException("All tensors must have the same first dimension size.", nameof(tensors));
        _tensors = Array.ConvertAll(tensors, t => t.alias().DetachFromDisposeScope());
    }

    public override long Count => _tensors[0].size(0);

    public IList<Tensor> this[long index] => [.. _tensors.Select(t => t.select(0, index))];

    public override IList<Tensor> GetTensor(long index) => this[index];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var tensor in _tensors) tensor.Dispose();
        }
        base.Dispose(disposing);
    }
}
