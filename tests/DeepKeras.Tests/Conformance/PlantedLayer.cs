using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>A layer with one fault of choice, to show that the checks find it.</summary>
/// <param name="fault">Which fault.</param>
/// <param name="name">The name; "planted" by default.</param>
internal sealed class PlantedLayer(string fault, string? name = null) : Layer(name: name ?? "planted")
{
    private readonly List<Tensor> _kept = [];
    private Weight? _weight;
    private int _asked;

    public string Fault { get; } = fault;

    public override Shape ComputeOutputShape(Shape input)
    {
        if (Fault == "impure") return input.With(-1, input[^1] + _asked++);
        if (_weight is { } weight && input[^1] != weight.Shape[0]) throw new KerasException($"{Where} was built for another last axis.");
        if (Fault == "nameless" && input.Rank != 3) throw new KerasException("Some layer does not like this.");
        return Fault == "shape" ? input.With(-1, 17) : input;
    }

    protected override void Build(Shape input) => _weight = AddWeight("w", new Shape(input[^1]), "ones");

    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var output = input.mul(_weight!.Value);
        if (Fault == "gradient") return output + (input.detach() * 2);
        if (Fault == "noise") return output + torch.tensor((float)Random.Shared.NextDouble());
        if (Fault == "leak") _kept.Add(output.mul(2).DetachFromDisposeScope());
        if (Fault == "frozen" && training)
        {
            using var noGradient = torch.no_grad();
            _weight.Value.add_(1);
        }
        if (Fault == "crash" && input.ndim == 5) throw new InvalidOperationException("native trouble");
        if (Fault == "dtype") return output.to(ScalarType.Float64);
        return output;
    }
}
