using DeepKeras.Initializers;
using DeepKeras.Layers;

namespace DeepKeras.Conformance.Kinds;

/// <summary>A layer that is nothing but weights with given values, for optimizers to work on.</summary>
internal sealed class Variables : Layer
{
    private readonly Tensor[] _values;

    public Variables(IEnumerable<Tensor> values)
    {
        _values = [.. values.Select(v => v.ndim == 0 ? v.reshape(1) : v)];
        EnsureBuilt([new Shape(1)]);
    }

    protected override void Build(Shape input)
    {
        for (var i = 0; i < _values.Length; i++) AddWeight(i == 0 ? "variable" : $"variable_{i}", new Shape(_values[i].shape), new Given(_values[i]));
    }

    private sealed class Given(Tensor values) : Initializer
    {
        public override Tensor Create(long[] shape, ScalarType dtype) => values.to(dtype, true);
    }
}
