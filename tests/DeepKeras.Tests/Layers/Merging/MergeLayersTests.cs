using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class MergeLayersTests
{
    [Test]
    public void Shapes_follow_Keras_with_the_batch_unknown()
    {
        var a = Input((4, 3));
        var b = Input((1, 3));
        var c = Input(3);
        Add()(a, b, c).Shape.Should().Equal(null, 4, 3);
        Subtract()(c, a).Shape.Should().Equal(null, 4, 3);
        Maximum()(b, c).Shape.Should().Equal(null, 1, 3);
        Concatenate(axis: 1)(a, b).Shape.Should().Equal(null, 5, 3);
        Concatenate()(a, a).Shape.Should().Equal(null, 4, 6);
        Dot(axes: 2)(a, b).Shape.Should().Equal(null, 4, 1);
        Dot(axes: (2, 1))(a, c).Shape.Should().Equal(null, 4);
        Dot(axes: 1)(c, c).Shape.Should().Equal(null, 1);
    }

    [Test]
    public void Unknown_extents_stay_unknown()
    {
        var free = new Shape(null, null, 3);
        var known = new Shape(null, 5, 3);
        new Add().ComputeOutputShape([free, known]).Should().Equal(null, null, 3);
        new Add().ComputeOutputShape([new Shape(8, 5, 3), known]).Should().Equal(8, 5, 3);
        new Concatenate().ComputeOutputShape([free, known]).Should().Equal(null, 5, 6);
        new Concatenate(1).ComputeOutputShape([free, known]).Should().Equal(null, null, 3);
    }

    [Test]
    public void One_input_passes_through()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(1, 2, 3).reshape(1, 3);
        foreach (var layer in new Layer[] { new Add(), new Multiply(), new Average(), new Maximum(), new Minimum(), new Concatenate() })
        {
            Close(layer.Call([x]), [1, 2, 3]);
        }
    }

    [Test]
    public void Integers_are_averaged_as_real_numbers()
    {
        using var scope = torch.NewDisposeScope();
        Close(new Average().Call([Integers([1, 2], 1, 2), Integers([2, 4], 1, 2)]), [1.5, 3]);
    }

    [Test]
    public void A_shared_layer_merges_other_ranks_too()
    {
        using var scope = torch.NewDisposeScope();
        var add = new Add();
        Close(add.Call([Vector(1, 2).reshape(1, 2), Vector(3, 4).reshape(1, 2)]), [4, 6]);
        Close(add.Call([Vector(1, 2).reshape(1, 2), Floats([0, 0, 10, 10], 1, 2, 2)]), [1, 2, 11, 12]);
    }

    [Test]
    public void Operators_record_merge_layers()
    {
        var a = Input(3);
        var b = Input(3);
        (a + b).Layer.Should().BeOfType<Add>();
        (a - b).Layer.Should().BeOfType<Subtract>();
        (a * b).Layer.Should().BeOfType<Multiply>();
        (a / b).Layer.Should().BeOfType<Divide>();
    }

    [Test]
    public void Wrong_inputs_are_refused_with_the_fix()
    {
        var a = Input((4, 3));
        var b = Input((5, 3));
        var c = Input(3);
        Message(() => Add(name: "sum")(a, b)).Should().Be(
            "Add 'sum' expects inputs with the same batch and with equal extents (or 1) along every other axis but received (None, 4, 3) and (None, 5, 3). Bring them to one shape first, for instance with Reshape, Cropping2D or a Dense layer.");
        Message(() => new Add().ComputeOutputShape([new Shape(2, 3), new Shape(4, 3)])).Should().Contain("the same batch");
        Message(() => Subtract(name: "s")(a, a, a)).Should().Be("Subtract 's' expects exactly two tensors but received 3 tensors. Pass the tensors one by one: layer(a, b).");
        Message(() => Divide(name: "d")(a)).Should().StartWith("Divide 'd' expects exactly two tensors but received 1 tensor.");
        Message(() => Concatenate(name: "c")(a, b)).Should().Be(
            "Concatenate 'c' expects inputs whose shapes differ only along axis -1 but received (None, 4, 3) and (None, 5, 3). Bring the other axes to the same extents, or choose another axis.");
        Message(() => Concatenate()(a, c)).Should().Contain("(None, 4, 3) and (None, 3)");
        Message(() => Concatenate(axis: 3, name: "c")(a, a)).Should().StartWith("Concatenate 'c' expects inputs that have an axis 3 but received (None, 4, 3).");
        Message(() => Dot(axes: 1)(a, a, a)).Should().Contain("exactly two tensors");
        Message(() => Dot(axes: 1, name: "d")(a, b)).Should().StartWith("Dot 'd' expects equal extents along axes 1 but received (None, 4, 3) and (None, 5, 3).");
        Message(() => Dot(axes: 3, name: "d")(a, b)).Should().StartWith("Dot 'd' expects inputs that have the axes 3 behind the batch axis but received");
        Message(() => new Dot(1, name: "d").ComputeOutputShape([new Shape(2, 3), new Shape(4, 3)])).Should().Contain("the same batch");
        Message(() => new Dot(1, name: "d").ComputeOutputShape([new Shape((long?)null), new Shape(4, 3)])).Should().StartWith("Dot 'd' expects inputs with an axis besides the batch but received (None,) and (4, 3).");
        Message(() => new Dot(0, name: "d")).Should().Be("Dot 'd': axes must be one axis, or one for each of the two inputs, other than the batch axis 0 but was 0. Write axes: 1 or axes: (2, 1).");
        Message(() => new Dot([1, 2, 3])).Should().Contain("but was [1, 2, 3]");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
