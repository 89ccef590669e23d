using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class NormalizationTests
{
    [Test]
    public void Adapt_takes_the_population_statistics_per_feature()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Normalization();
        layer.Adapt(Floats([1, 10, 2, 20, 6, 30], 3, 2));
        // by hand: means 3 and 20, variances (4 + 1 + 9) / 3 and 200 / 3
        layer.Weights.Select(w => w.Name).Should().Equal("mean", "variance", "count");
        Close(layer.Weights[0].ToTensor(), [3, 20]);
        Close(layer.Weights[1].ToTensor(), [14 / 3.0, 200 / 3.0]);
        Close(layer.Call(Floats([3, 20, 4, 10], 2, 2)), [0, 0, 1 / Math.Sqrt(14 / 3.0), -10 / Math.Sqrt(200 / 3.0)]);
        layer.TrainableWeights.Should().BeEmpty();
    }

    [Test]
    public void Batches_give_what_the_whole_gives()
    {
        using var scope = torch.NewDisposeScope();
        var data = Sample(ScalarType.Float32, 50, 3, 2).mul(5).add(1000);
        var (whole, parts) = (new Normalization(), new Normalization());
        whole.Adapt(data);
        parts.Adapt(data.split(16));
        Close(parts.Weights[0].ToTensor(), whole.Weights[0].ToTensor(), 1e-4);
        Close(parts.Weights[1].ToTensor(), whole.Weights[1].ToTensor(), 1e-5, 1e-6);
        // the variance of numbers around 1000 survives because it is taken in double precision
        Close(whole.Weights[1].ToTensor(), data.to(ScalarType.Float64).reshape(-1, 2).var(0L, false), 1e-4, 1e-5);
        whole.Adapt(torch.zeros(4, 3, 2));
        Close(whole.Weights[0].ToTensor(), [0, 0]);
    }

    [Test]
    public void Axes_choose_what_has_statistics_of_its_own()
    {
        using var scope = torch.NewDisposeScope();
        var data = Sample(ScalarType.Float32, 20, 3, 2);
        var one = new Normalization(axis: []);
        one.Adapt(data);
        one.Weights[0].Shape.Rank.Should().Be(0);
        Close(one.Call(data).mean(), 0, 1e-6);
        var first = new Normalization(axis: 1);
        first.Adapt(data);
        first.Weights[0].Shape.Should().Equal(3);
        Close(first.Call(data).mean([0, 2]), [0, 0, 0], 1e-6);
        Close(first.Call(data).square().mean([0, 2]), [1, 1, 1], 1e-5);
        var both = new Normalization(axis: (1, 2));
        both.Adapt(data);
        both.Weights[0].Shape.Should().Equal(3, 2);
    }

    [Test]
    public void Given_statistics_need_no_weights_and_invert_undoes_them()
    {
        using var scope = torch.NewDisposeScope();
        var there = new Normalization(mean: [1, 2], variance: [4, 9]);
        var back = new Normalization(mean: [1, 2], variance: [4, 9], invert: true);
        var x = Floats([3, 5, 1, -1], 2, 2);
        var y = there.Call(x);
        Close(y, [1, 1, 0, -1]);
        Close(back.Call(y), x);
        there.Weights.Should().BeEmpty();
        Close(new Normalization(mean: 0.5, variance: 0.25).Call(Floats([0, 1], 1, 2)), [-1, 1]);
    }

    [Test]
    public void Bytes_become_floats_and_constant_features_do_not_divide_by_zero()
    {
        using var scope = torch.NewDisposeScope();
        var y = new Normalization(mean: 128, variance: 64).Call(Integers([128, 136], 1, 2).to(ScalarType.Byte));
        Close(y, [0, 1]);
        var layer = new Normalization();
        layer.Adapt(torch.ones(4, 2));
        Close(layer.Call(torch.ones(1, 2)), [0, 0]);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new Normalization(mean: 1, name: "n")).Should().Be("Normalization 'n': variance must be given together with its partner but was missing. Give both mean and variance, or neither and call Adapt(data).");
        Message(() => new Normalization(variance: 1, name: "n")).Should().StartWith("Normalization 'n': mean must be given together");
        Message(() => new Normalization(axis: 4, name: "n").Apply(Input(3))).Should().StartWith("Normalization 'n' works along axis 4");
        Message(() => new Normalization(axis: 1, name: "n").Apply(Input((null, 3)))).Should().StartWith("Normalization 'n' expects known extents along axis 1");
        Message(() => new Normalization(mean: [1, 2], variance: [1, 2], name: "n").Apply(Input(3))).Should().Be("Normalization 'n': mean must be one number or numbers that stretch to (3,) but was an array of shape (2,). Give one number per feature.");
        Message(() => { new Normalization(mean: 0, variance: 1, name: "n").Adapt(torch.zeros(2, 2)); return ""; }).Should().StartWith("Normalization 'n' already has the mean and variance given to its constructor");
        Message(() => { new Normalization(name: "n").Adapt(torch.zeros(0, 2)); return ""; }).Should().Be("Normalization 'n' expects at least one sample to adapt to but received none. Check that the data is not empty.");
        var layer = new Normalization(name: "n");
        layer.Adapt(torch.zeros(2, 2));
        Message(() => layer.Call(torch.zeros(2, 3))).Should().StartWith("Normalization 'n' was built with weights of shape (2,) but received (2, 3).");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
