using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class LambdaTests
{
    [Test]
    public void The_shape_is_found_by_running()
    {
        Lambda(x => x.pow(2))(Input((7, 3))).Shape.Should().Equal(null, 7, 3);
        Lambda(x => x.sum(1))(Input((7, 3))).Shape.Should().Equal(null, 3);
        Lambda(x => torch.cat([x, x], -1))(Input((7, 3))).Shape.Should().Equal(null, 7, 6);
        // What grows with a free extent stays free.
        Lambda(x => x.flatten(1, 2))(Input((null, null, 3))).Shape.Should().Equal(null, null, 3);
        Lambda(x => x.mean([1, 2]))(Input((null, null, 3))).Shape.Should().Equal(null, 3);
    }

    [Test]
    public void A_known_batch_is_kept_and_a_given_shape_is_taken()
    {
        var layer = new Lambda(x => x.mul(2));
        layer.ComputeOutputShape(new Shape(5, 4)).Should().Equal(5, 4);
        var calls = 0;
        var given = new Lambda(x => { calls++; return x.sum(1); }, outputShape: Shape.Scalar);
        given.ComputeOutputShape(new Shape(5, 4)).Should().Equal(5);
        calls.Should().Be(0, "nothing needs to run when the shape is given");
    }

    [Test]
    public void Real_data_runs_the_function_once_and_the_gradient_passes()
    {
        using var scope = torch.NewDisposeScope();
        var sizes = new List<long>();
        var layer = new Lambda(x => { sizes.Add(x.shape[0]); return x.mul(x); });
        var x = Sample(ScalarType.Float32, 6, 3);
        x.requires_grad = true;
        layer.Call(x).sum().backward();
        Close(x.grad!, x.detach().mul(2));
        _ = layer.Call(x);
        sizes.Should().Equal(2, 3, 6, 6);
    }

    [Test]
    public void Two_and_more_tensors()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (Input(3), Input(3));
        Lambda((x, y) => (x - y).abs())(a, b).Shape.Should().Equal(null, 3);
        Lambda((IReadOnlyList<Tensor> all) => torch.stack(all, 1))(a, b, a).Shape.Should().Equal(null, 3, 3);
        var distance = Lambda((x, y) => (x - y).abs()).Layer;
        Close(distance.Call([Vector(1, 5).reshape(1, 2), Vector(4, 3).reshape(1, 2)]), [3, 2]);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => Lambda(x => x.reshape(-1, 7), name: "fold")(Input((4, 3)))).Should().StartWith(
            "Lambda 'fold' could not find its output shape by running on zeros of shape (None, 4, 3): ").And.EndWith("Mend the function for this input, or give outputShape: … without the batch axis.");
        Message(() => Lambda(x => x.sum(), name: "all")(Input(4))).Should().Be(
            "Lambda 'all' expects a function that keeps the batch on axis 0 but from a batch of 2 it made (). Sum and reshape along the other axes only.");
        Message(() => Lambda((a, b) => a.add(b))(Input(4))).Should().StartWith("A Lambda over (a, b) expects two tensors but received 1.");
        Message(() => Lambda(x => x)(Input(4), Input(4))).Should().Contain("expects one tensor but received 2 tensors");
        Message(() => ObjectConfig.Write(new Lambda(x => x, name: "f"))).Should().StartWith("Lambda 'f', function: a value of type Func`2 is code or a live object");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
