using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class BatchNormalizationTests
{
    [Test]
    public void Weights_come_in_Keras_s_order()
    {
        var layer = new BatchNormalization();
        layer.Apply(Input((4, 4, 3)));
        layer.Weights.Select(w => w.Name).Should().Equal("gamma", "beta", "moving_mean", "moving_variance");
        layer.TrainableWeights.Should().HaveCount(2);
        layer.Weights.Should().OnlyContain(w => w.Shape == 3);
        Close(layer.Weights[0].ToTensor(), [1, 1, 1]);
        Close(layer.Weights[3].ToTensor(), [1, 1, 1]);
        var bare = new BatchNormalization(center: false, scale: false);
        bare.Apply(Input(3));
        bare.Weights.Select(w => w.Name).Should().Equal("moving_mean", "moving_variance");
    }

    [Test]
    public void Frozen_it_uses_and_keeps_its_moving_statistics_in_training()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization { Trainable = false };
        var x = Sample(ScalarType.Float32, 16, 3).mul(3).add(2);
        var output = layer.Call(x, training: true);
        Close(output, x.div(Math.Sqrt(1.001)));
        Close(layer.Weights[2].ToTensor(), [0, 0, 0]);
        Close(layer.Weights[3].ToTensor(), [1, 1, 1]);

        layer.Trainable = true;
        output = layer.Call(x, training: true);
        Close(output.mean([0L]), [0, 0, 0]);
        Numbers(layer.Weights[2].ToTensor()).Should().OnlyContain(v => v != 0);
    }

    [Test]
    public void The_gradient_may_be_asked_for_after_the_statistics_moved_on()
    {
        // A shared layer is called twice before the gradient: its weights change in between.
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization();
        var (a, b) = (Sample(ScalarType.Float32, 8, 3), Sample(ScalarType.Float32, 5, 3).mul(2));
        a.requires_grad = true;
        b.requires_grad = true;
        layer.Call(a, training: true).mul(layer.Call(b, training: true)[..1]).sum().backward();
        Numbers(a.grad!).Should().OnlyContain(v => double.IsFinite(v));
        Numbers(b.grad!).Should().OnlyContain(v => double.IsFinite(v));
    }

    [TestCase(new long[] { 1, 3 })]
    [TestCase(new long[] { 1, 1, 1, 3 })]
    [TestCase(new long[] { 1, 1, 3 })]
    public void A_single_value_per_channel_gives_beta(long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization(momentum: 0.75, betaInitializer: new DeepKeras.Initializers.Constant(0.5));
        var x = Vector(4, -8, 2).reshape(shape);
        x.requires_grad = true;
        var y = layer.Call(x, training: true);
        y.shape.Should().Equal(shape);
        Close(y, [0.5, 0.5, 0.5]);
        Close(layer.Weights[2].ToTensor(), [1, -2, 0.5]);
        Close(layer.Weights[3].ToTensor(), [0.75, 0.75, 0.75]);
        y.sum().backward();
        Close(x.grad!, [0, 0, 0]);
        Close(layer.Weights[1].Value.grad!, [1, 1, 1]);
    }

    [Test]
    public void NaN_in_one_batch_does_not_stay_once_good_weights_are_set_again()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization();
        _ = layer.Call(Vector(1, 2, 3, 4).reshape(4, 1), training: true);
        var good = layer.GetWeights();
        _ = layer.Call(Vector(1, float.NaN, 3, 4).reshape(4, 1), training: true);
        Numbers(layer.Weights[2].ToTensor())[0].Should().Be(double.NaN);
        layer.SetWeights([.. good]);
        _ = layer.Call(Vector(1, 2, 3, 4).reshape(4, 1), training: true);
        Numbers(layer.Weights[2].ToTensor())[0].Should().BeApproximately(2.5 * (1 - (0.99 * 0.99)), 1e-6);
    }

    [Test]
    public void Narrow_floats_are_computed_in_float32()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization();
        var x = Sample(ScalarType.Float32, 64, 3).add(8);
        var narrow = x.to(ScalarType.BFloat16);
        var y = layer.Call(narrow, training: true);
        y.dtype.Should().Be(ScalarType.BFloat16);
        Close(layer.Weights[2].ToTensor(), narrow.to(ScalarType.Float32).mean([0L]).mul(0.01), 1e-5);
    }

    [Test]
    public void Fit_moves_the_statistics_until_the_layer_is_frozen()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new BatchNormalization(momentum: 0.5, inputShape: 2);
        var model = new Sequential { layer, new Dense(1) };
        var x = Sample(ScalarType.Float32, 40, 2).add(3);
        var y = x.sum(1L, true);
        model.Compile("sgd", "mse");
        _ = model.Fit(x, y, batchSize: 40, epochs: 12, verbose: 0);
        // 1 - 0.5^12 of the way from 0 and 1 to the statistics of the one batch
        Close(layer.Weights[2].ToTensor(), x.mean([0L]).mul(1 - Math.Pow(0.5, 12)), 1e-4);
        Close(layer.Weights[3].ToTensor(), x.var(0L, false).mul(1 - Math.Pow(0.5, 12)).add(Math.Pow(0.5, 12)), 1e-4);

        layer.Trainable = false;
        var kept = layer.GetWeights().Select(w => Numbers(w)).ToArray();
        _ = model.Fit(x, y, batchSize: 40, epochs: 2, verbose: 0);
        layer.GetWeights().Select(w => Numbers(w)).Should().BeEquivalentTo(kept, o => o.WithStrictOrdering());
    }

    [Test]
    public void Training_leaves_no_tensors_behind()
    {
        var layer = new BatchNormalization();
        using var x = Sample(ScalarType.Float32, 4, 5, 5, 3);
        Leaks.None(() =>
        {
            using var scope = torch.NewDisposeScope();
            _ = layer.Call(x, training: true);
        });
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new BatchNormalization(momentum: 1.5, name: "bn")).Should().Be("BatchNormalization 'bn': momentum must be between 0 and 1 but was 1.5. It is the share that is kept: Keras's 0.99 is torch's 0.01.");
        Message(() => new BatchNormalization(epsilon: -1, name: "bn")).Should().StartWith("BatchNormalization 'bn': epsilon must be a number that is not negative but was -1.");
        Message(() => new BatchNormalization(axis: 3, name: "bn").Apply(Input(4))).Should().Be("BatchNormalization 'bn' works along axis 3 but received (None, 4). Choose axes between 1 and 1, or negative ones that count from the end.");
        Message(() => new BatchNormalization(axis: 1, name: "bn").Apply(Input((null, 4)))).Should().Be("BatchNormalization 'bn' expects known extents along axis 1 but received (None, None, 4). Give Input a shape in which these are numbers.");
        var built = new BatchNormalization(name: "bn");
        built.Apply(Input(4));
        Message(() => built.Apply(Input(5))).Should().Be("BatchNormalization 'bn' was built with weights of shape (4,) but received (None, 5). Give the shape that the layer was first called on, or use a layer of its own.");
        Message(() => built.Apply(Input((3, 4)))).Should().Contain("was built with");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
