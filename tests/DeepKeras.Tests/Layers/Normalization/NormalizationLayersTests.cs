using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class NormalizationLayersTests
{
    [Test]
    public void Layer_normalisation_of_an_inner_axis_normalises_that_axis()
    {
        // Keras 3.16 on its torch backend takes the last axis here when the sizes agree; its own documentation and later versions do not.
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 2, 4, 4).mul(3);
        var y = new LayerNormalization(axis: 1).Call(x);
        Close(y.mean([1L]), torch.zeros(2, 4), 1e-5);
        Close(y.square().mean([1L]), torch.ones(2, 4), 1e-2);
    }

    [Test]
    public void The_weights_have_the_axes_in_rising_order()
    {
        var layer = new LayerNormalization(axis: [3, 1]);
        layer.Apply(Input((4, 5, 6)));
        layer.Weights.Select(w => (w.Name, w.Shape)).Should().Equal(("gamma", new Shape(4, 6)), ("beta", new Shape(4, 6)));
        var rms = new RMSNormalization(axis: (2, 1));
        rms.Apply(Input((4, 5)));
        rms.Weights.Select(w => (w.Name, w.Shape)).Should().Equal(("scale", new Shape(4, 5)));
    }

    [Test]
    public void A_vector_of_zeros_stays_zero()
    {
        using var scope = torch.NewDisposeScope();
        Close(new UnitNormalization().Call(torch.zeros(2, 3)), [0, 0, 0, 0, 0, 0]);
        Close(new RMSNormalization().Call(torch.zeros(2, 3)), [0, 0, 0, 0, 0, 0]);
        Close(new LayerNormalization().Call(torch.zeros(2, 3)), [0, 0, 0, 0, 0, 0]);
    }

    [Test]
    public void Narrow_floats_come_back_narrow()
    {
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 4, 6).to(ScalarType.BFloat16);
        foreach (var layer in new Layer[] { new LayerNormalization(), new RMSNormalization(), new GroupNormalization(2) })
        {
            layer.Call(x).dtype.Should().Be(ScalarType.BFloat16, layer.Name);
        }
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new LayerNormalization(axis: 0, name: "n").Apply(Input(4))).Should().Be("LayerNormalization 'n' works along axis 0 but received (None, 4). Choose axes between 1 and 1, or negative ones that count from the end.");
        Message(() => new LayerNormalization(axis: [1, 5], name: "n").Apply(Input(4))).Should().StartWith("LayerNormalization 'n' works along axis [1, 5] but received");
        Message(() => new LayerNormalization(axis: 1).Apply(Input((null, 3)))).Should().Contain("expects known extents along axis 1");
        var built = new LayerNormalization();
        built.Apply(Input(4));
        Message(() => built.Apply(Input(5))).Should().Contain("was built with weights of shape (4,) but received (None, 5)");

        Message(() => new GroupNormalization(0, name: "g")).Should().Be("GroupNormalization 'g': groups must be a positive number or -1 but was 0. Use -1 for as many groups as channels.");
        Message(() => new GroupNormalization(5, name: "g").Apply(Input(8))).Should().Be("GroupNormalization 'g' expects channels that 5 groups divide evenly but received (None, 8). Choose a divisor of the number of channels as groups.");
        Message(() => new GroupNormalization(2, axis: 4).Apply(Input(8))).Should().Contain("works along axis 4");
        var group = new GroupNormalization(2);
        group.Apply(Input(8));
        Message(() => group.Apply(Input(6))).Should().Contain("was built with");

        Message(() => new RMSNormalization(epsilon: -1, name: "r")).Should().StartWith("RMSNormalization 'r': epsilon must be");
        Message(() => new RMSNormalization(axis: 2, name: "r").Apply(Input(4))).Should().StartWith("RMSNormalization 'r' works along axis 2");
        var rms = new RMSNormalization();
        rms.Apply(Input(4));
        Message(() => rms.Apply(Input(5))).Should().Contain("was built with");
        Message(() => new UnitNormalization(axis: 2, name: "u").Apply(Input(4))).Should().StartWith("UnitNormalization 'u' works along axis 2");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;

    [Test]
    public void GroupNormalization_learns_whichever_of_its_weights_are_frozen([Values] bool input, [Values] bool gamma, [Values] bool beta)
    {
        if (!input && !gamma && !beta) return;
        using var scope = torch.NewDisposeScope();
        var everything = Gradients(true, true, true);
        var some = Gradients(input, gamma, beta);
        foreach (var (expected, actual, wanted) in everything.Zip(some, new[] { input, gamma, beta }))
        {
            if (wanted) Close(actual!, expected!, 1e-5, 1e-5);
            else actual.Should().BeNull();
        }

        static Tensor?[] Gradients(bool input, bool gamma, bool beta)
        {
            var layer = new GroupNormalization(2);
            var x = Sample(ScalarType.Float32, 2, 3, 5, 4).requires_grad_(input);
            _ = layer.Call(x);
            _ = layer.Weights[0].Value.requires_grad_(gamma);
            _ = layer.Weights[1].Value.requires_grad_(beta);
            layer.Call(x, training: true).mul(Sample(ScalarType.Float32, 2, 3, 5, 4)).sum().backward();
            return [x.grad, layer.Weights[0].Value.grad, layer.Weights[1].Value.grad];
        }
    }
}
