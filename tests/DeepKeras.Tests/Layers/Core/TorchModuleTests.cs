using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class TorchModuleTests
{
    [Test]
    public void Parameters_and_buffers_become_weights()
    {
        using var module = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU());
        var layer = new TorchModule(module);
        layer.Apply(Input(5)).Shape.Should().Equal(null, 4);
        layer.TrainableWeights.Select(w => (w.Name, w.Shape)).Should().Equal(
            ("0.weight", new Shape(4, 5)), ("0.bias", 4), ("1.weight", 4), ("1.bias", 4));
        layer.NonTrainableWeights.Select(w => w.Name).Should().Contain(["1.running_mean", "1.running_var"]);
        layer.CountParams().Should().BeGreaterThanOrEqualTo(20 + 4 + 4 + 4 + 4 + 4);
    }

    [Test]
    public void It_computes_what_the_module_computes_and_the_gradient_reaches_it()
    {
        using var scope = torch.NewDisposeScope();
        var module = torch.nn.Linear(5, 4);
        var layer = new TorchModule(module);
        var x = Sample(ScalarType.Float32, 3, 5);
        x.requires_grad = true;
        var y = layer.Call(x);
        Close(y, module.call(x));
        y.sum().backward();
        Close(layer.TrainableWeights[1].Value.grad!, [3, 3, 3, 3]);
        Close(x.grad!, module.weight!.sum(0L).expand(3, 5));
    }

    [Test]
    public void Weights_are_read_and_written_in_the_module()
    {
        using var scope = torch.NewDisposeScope();
        var module = torch.nn.Linear(2, 1);
        var layer = new TorchModule(module);
        layer.Apply(Input(2));
        layer.SetWeights([Floats([3, 4], 1, 2), Vector(5)]);
        Close(module.call(Floats([1, 10], 1, 2)), [48]);
        Close(layer.GetWeights()[0], [3, 4]);
    }

    [Test]
    public void Training_mode_follows_the_call_and_freezing_stops_it()
    {
        using var scope = torch.NewDisposeScope();
        var module = torch.nn.BatchNorm1d(3);
        var layer = new TorchModule(module);
        var x = Sample(ScalarType.Float32, 8, 3).add(4);
        _ = layer.Call(x);
        module.training.Should().BeFalse();
        var before = Numbers(layer.NonTrainableWeights.Single(w => w.Name == "running_mean").ToTensor());
        before.Should().Equal(0, 0, 0);

        layer.Trainable = false;
        _ = layer.Call(x, training: true);
        module.training.Should().BeFalse("a frozen layer stays in inference mode");
        layer.TrainableWeights.Should().BeEmpty();

        layer.Trainable = true;
        _ = layer.Call(x, training: true);
        module.training.Should().BeTrue();
        Close(layer.NonTrainableWeights.Single(w => w.Name == "running_mean").ToTensor(), x.mean([0L]).mul(0.1));
        layer.TrainableWeights.Should().HaveCount(2);
    }

    [Test]
    public void Fit_trains_the_module_and_leaves_a_frozen_one_alone()
    {
        using var scope = torch.NewDisposeScope();
        var module = torch.nn.Linear(3, 1);
        var layer = new TorchModule(module, inputShape: 3);
        var model = new Sequential { layer, new Dense(1, kernelInitializer: "ones") };
        var x = Sample(ScalarType.Float32, 64, 3);
        var y = x.matmul(Floats([1, -2, 0.5f], 3, 1));
        model.Compile(new SGD(0.05), "mse");
        var losses = model.Fit(x, y, batchSize: 16, epochs: 15, verbose: 0)["loss"];
        losses[^1].Should().BeLessThan(0.05 * losses[0]);
        Close(layer.GetWeights()[0], module.weight!, 0, 0);

        var (kept, other) = (Numbers(module.weight!), Numbers(model.Layers[^1].GetWeights()[0]));
        layer.Trainable = false;
        model.Compile(new SGD(0.05), "mse");
        _ = model.Fit(x, y.add(1), batchSize: 16, epochs: 2, verbose: 0);
        Numbers(module.weight!).Should().Equal(kept);
        Numbers(model.Layers[^1].GetWeights()[0]).Should().NotEqual(other);
    }

    [Test]
    public void The_shape_can_be_given_and_integers_are_tried()
    {
        var calls = 0;
        var counting = new Counting(() => calls++);
        new TorchModule(counting, outputShape: (2, 3)).ComputeOutputShape(new Shape(null, 9)).Should().Equal(null, 2, 3);
        calls.Should().Be(0);
        new TorchModule(torch.nn.Embedding(10, 6)).ComputeOutputShape(new Shape(null, 4)).Should().Equal(null, 4, 6);
    }

    [Test]
    public void Wrong_input_is_refused_with_the_fix()
    {
        var layer = new TorchModule(torch.nn.Linear(5, 4), name: "linear");
        layer.Invoking(l => l.Apply(Input(7))).Should().Throw<KerasException>().Which.Message.Should().StartWith(
            "TorchModule 'linear' could not find its output shape by running on zeros of shape (None, 7): ");
        FluentActions.Invoking(() => ObjectConfig.Write(layer)).Should().Throw<KerasException>().Which.Message.Should().StartWith("TorchModule 'linear', module: a value of type Linear is code or a live object");
    }

    private sealed class Counting(Action count) : torch.nn.Module<Tensor, Tensor>("counting")
    {
        public override Tensor forward(Tensor input)
        {
            count();
            return input;
        }
    }
}
