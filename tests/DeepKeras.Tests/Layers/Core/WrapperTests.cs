using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Layers.Core;

public sealed class WrapperTests
{
    [SetUp]
    public void Start() => Keras.ClearSession();

    [Test]
    public void It_runs_the_layer_inside()
    {
        var dense = new Dense(3);
        var doubled = new Doubled(dense);
        var x = Sample(ScalarType.Float32, 2, 4);
        var output = doubled.Call(x);
        Close(output, dense.Call(x).mul(2));
        doubled.Sublayers.Should().Equal(dense);
        doubled.Weights.Select(w => w.Path).Should().Equal("dense/kernel", "dense/bias");
    }

    [Test]
    public void Freezing_it_freezes_the_layer_inside()
    {
        var doubled = new Doubled(new Dense(3)) { Trainable = false };
        _ = doubled.Call(Sample(ScalarType.Float32, 2, 4));
        doubled.TrainableWeights.Should().BeEmpty();
    }

    [Test]
    public void Its_weights_lie_where_Keras_looks_for_them()
    {
        var model = new Sequential([new Doubled(new Dense(3), inputShape: 4)]);
        new KerasPaths(model).Weights.Select(w => w.Path).Should().Equal("layers/doubled/layer/vars/0", "layers/doubled/layer/vars/1");
    }

    [Test]
    public void A_refusal_names_both_layers() =>
        FluentActions.Invoking(() => new Doubled(new Dense(3)).ComputeOutputShape(new Shape(2)))
            .Should().Throw<KerasException>().WithMessage("Doubled 'doubled': Dense 'dense' expects a known last axis but received *");

    private sealed class Doubled(Layer layer, Shape? inputShape = null, string? name = null) : Wrapper(layer, inputShape, name)
    {
        protected internal override Tensor Forward(Tensor input, bool training) => base.Forward(input, training) * 2;
    }
}
