using TorchSharp;

/// <summary>Adds a learned vector to each step of a sequence.</summary>
internal sealed class Places(string? name = null) : Layer(name: name)
{
    private Weight? _vectors;

    /// <inheritdoc/>
    protected override void Build(Shape input) => _vectors = AddWeight("vectors", input[1..], "uniform");

    /// <inheritdoc/>
    protected override torch.Tensor Forward(torch.Tensor input, bool training) => input + _vectors!.Value;
}
