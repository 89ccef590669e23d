using DeepKeras.Inspection;
using DeepKeras.Layers;

using static DeepKeras.Keras;

namespace DeepKeras.Tests.Inspection;

[TestFixture]
public sealed class MonteCarloTests
{
    [SetUp]
    public void Start() => Keras.SetRandomSeed(3);

    // One branch of value x that survives with probability 0.75: the passes are Bernoulli, so mean 0.75 x and deviation x √(0.75 · 0.25).
    [Test]
    public void Mean_and_deviation_are_those_of_the_draws()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input(3);
        var model = new Model([x], [StochasticDepth(0.25, scaleAtInference: true)(x)]);
        using var found = MonteCarlo.Predict(model, torch.full([2, 3], 4f), passes: 2000, batchSize: 1);
        found.Passes.Should().Be(2000);
        Numbers(found.Mean).Should().OnlyContain(m => Math.Abs(m - 3) < 0.2);
        Numbers(found.StandardDeviation).Should().OnlyContain(s => Math.Abs(s - (4 * Math.Sqrt(0.1875))) < 0.1);
        // One draw per sample, so that its numbers share their fate.
        Numbers(found.Mean.select(0, 0)).Distinct().Should().HaveCount(1);
    }

    [Test]
    public void Batch_normalization_stays_in_inference_and_augmentation_is_left_out()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input((4, 4, 1));
        var t = BatchNormalization(name: "bn")(RandomFlip(seed: 1)(x));
        var model = new Model([x], [Dropout(0.5)(Flatten()(t))]);
        var before = Numbers(model.GetLayer("bn").Weights[2].ToTensor());
        var data = Sample(ScalarType.Float32, 5, 4, 4, 1);
        using var found = MonteCarlo.Predict(model, data, passes: 400);
        Numbers(model.GetLayer("bn").Weights[2].ToTensor()).Should().Equal(before);
        // Without a flip, the mean of many dropped images is the image that inference sees.
        var exact = model.PredictOnBatch(data).Single;
        Close(found.Mean, exact, 0.3 * exact.abs().max().ToDouble(), 0);
        found.Mean.sub(exact).abs().mean().ToDouble().Should().BeLessThan(0.06 * exact.abs().max().ToDouble());
    }

    [Test]
    public void Nested_models_draw_too()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input(2);
        var model = new Model([x], [new Sequential([new Dropout(0.5, inputShape: 2)]).Apply(x)]);
        using var found = MonteCarlo.Predict(model, torch.ones([1, 2]), passes: 50);
        Numbers(found.StandardDeviation).Should().OnlyContain(s => s > 0.5);
    }

    // Two passes of certain, contradicting answers have the mean (½, ½): entropy ln 2, all of it mutual information.
    [Test]
    public void Contradiction_is_information_and_overlap_is_not()
    {
        using var scope = torch.NewDisposeScope();
        using var contradicting = new MonteCarloPrediction(torch.full([1, 2], 0.5f), torch.full([1, 2], 0.5f), torch.zeros([1, 2]), 2);
        Close(contradicting.Entropy(), torch.full([1], Math.Log(2)), 1e-6, 0);
        Close(contradicting.MutualInformation(), torch.full([1], Math.Log(2)), 1e-6, 0);
        using var overlapping = new MonteCarloPrediction(torch.full([1, 2], 0.5f), torch.zeros([1, 2]), torch.full([1, 2], 0.5 * Math.Log(0.5)), 2);
        Close(overlapping.MutualInformation(), torch.zeros([1]), 1e-6, 0);
        using var sigmoid = new MonteCarloPrediction(torch.full([3, 1], 0.25f), torch.zeros([3, 1]), torch.zeros([3, 1]), 2);
        Close(sigmoid.Entropy(), torch.full([3], (0.25 * Math.Log(4)) + (0.75 * Math.Log(4.0 / 3))), 1e-6, 0);
    }

    [Test]
    public void The_figures_of_a_softmax_are_consistent()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input(6);
        var model = new Model([x], [Dense(3, activation: "softmax")(Dropout(0.5)(x))]);
        using var found = MonteCarlo.Predict(model, Sample(ScalarType.Float32, 7, 6), passes: 20, batchSize: 3);
        found.Mean.shape.Should().Equal(7, 3);
        Close(found.Mean.sum([-1L]), torch.ones([7]), 1e-5, 0);
        var (entropy, information) = (Numbers(found.Entropy()), Numbers(found.MutualInformation()));
        for (var i = 0; i < 7; i++) information[i].Should().BeInRange(0, entropy[i]);
        entropy.Should().OnlyContain(e => e <= Math.Log(3) + 1e-6);
    }

    [Test]
    public void Nothing_stays_behind()
    {
        using var data = torch.ones([5, 6]);
        var x = Input(6);
        var model = new Model([x], [Dense(3)(Dropout(0.5)(x))]);
        Leaks.None(() => MonteCarlo.Predict(model, data, passes: 3, batchSize: 2).Dispose());
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input(6);
        var sure = new Model([x], [Dense(3)(x)], "sure");
        FluentActions.Invoking(() => MonteCarlo.Predict(sure, torch.ones([1, 6]))).Should().Throw<KerasException>().WithMessage("MonteCarlo.Predict expects a model with layers that draw*'sure' has none*Put a Dropout*");
        var model = new Model([x], [Dropout(0.5)(x)]);
        FluentActions.Invoking(() => MonteCarlo.Predict(model, torch.ones([1, 6]), passes: 1)).Should().Throw<KerasException>().WithMessage("*passes*at least 2*1*");
        FluentActions.Invoking(() => MonteCarlo.Predict(model, torch.ones([1, 6]), batchSize: 0)).Should().Throw<KerasException>().WithMessage("*batchSize*at least 1*0*");
        FluentActions.Invoking(() => MonteCarlo.Predict(model, torch.full([1, 6], 9f), passes: 30).Entropy()).Should().Throw<KerasException>().WithMessage("*entropy is one of probabilities*End the model with softmax*");
        using var one = new MonteCarloPrediction(torch.ones([2, 1]), torch.zeros([2, 1]), torch.zeros([2, 1]), 2);
        FluentActions.Invoking(() => one.MutualInformation()).Should().Throw<KerasException>().WithMessage("*at least two classes*(2, 1)*softmax*");
    }
}
