using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Schedules;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>The learning-rate range test.</summary>
public sealed class LearningRateFinderTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(4);
    }

    [TestCase("exponential")]
    [TestCase("linear")]
    public void The_rates_rise_as_they_should_and_the_loss_is_that_of_each_step(string mode)
    {
        // A quadratic whose loss after steps of rates η is known: w ← w − η·2w for the loss w².
        Sequential model = [Dense(1, useBias: false, kernelInitializer: "ones", inputShape: 1)];
        model.Compile("sgd", "mse");
        var range = new LearningRateFinder(1e-3, 0.4, steps: 8, mode: mode, smoothing: 0).Find(model, torch.ones(4, 1), torch.zeros(4, 1), batchSize: 4);
        var expected = Enumerable.Range(0, 8).Select(i => mode == "linear" ? 1e-3 + (i / 7.0 * (0.4 - 1e-3)) : 1e-3 * Math.Pow(400, i / 7.0)).ToArray();
        var w = 1.0;
        for (var i = 0; i < 8; i++)
        {
            range.Rates[i].Should().BeApproximately(expected[i], 1e-12);
            range.Losses[i].Should().BeApproximately(w * w, 1e-5);
            range.Smoothed[i].Should().BeApproximately(w * w, 1e-5);
            w -= expected[i] * 2 * w;
        }
        // Where |Δloss / Δplace| over both neighbours is greatest.
        double Place(int i) => mode == "linear" ? expected[i] : Math.Log10(expected[i]);
        var steepest = Enumerable.Range(1, 6).MinBy(i => (range.Smoothed[i + 1] - range.Smoothed[i - 1]) / (Place(i + 1) - Place(i - 1)));
        range.Suggestion.Should().BeApproximately(expected[steepest], 1e-12);
        range.ToString().Should().StartWith("learning rate ").And.EndWith("(8 steps from 0.001 to 0.4)");
    }

    [Test]
    public void It_stops_where_the_loss_breaks_away_and_draws_what_it_saw()
    {
        using var folder = new TemporaryFolder();
        var (model, x, y) = Problem("sgd");
        var range = new LearningRateFinder(1e-4, 1e4, steps: 200).Find(model, x, y, batchSize: 16);
        range.Rates.Count.Should().BeLessThan(200);
        range.Suggestion.Should().BeInRange(1e-4, range.Rates[^1]);
        range.Plot(Path.Combine(folder.Path, "rates.svg"));
        File.ReadAllText(Path.Combine(folder.Path, "rates.svg")).Should().Contain("suggestion ").And.Contain("learning rate");
        // With the suggestion the loss falls.
        var before = model.Evaluate(x, y, 64, 0)[0];
        model.Optimizer!.LearningRate = range.Suggestion;
        _ = model.Fit(x, y, batchSize: 16, epochs: 5, verbose: 0);
        model.Evaluate(x, y, 64, 0)[0].Should().BeLessThan(before);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_training_that_follows_is_the_same_as_without_it(bool scheduled)
    {
        double[] Run(bool test)
        {
            ClearSession();
            SetRandomSeed(4);
            var (model, x, y) = Problem(scheduled ? new Adam(new ExponentialDecay(0.01, 5, 0.5)) : new Adam(0.01));
            _ = model.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
            if (test) _ = new LearningRateFinder(steps: 12).Find(model, x, y, batchSize: 16);
            _ = model.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
            model.Optimizer!.CurrentLearningRate.Should().BeLessThan(0.011);
            return [.. model.GetWeights().SelectMany(w => Numbers(w))];
        }

        Run(test: true).Should().Equal(Run(test: false));
    }

    [Test]
    public void It_takes_data_sets_and_gives_everything_back_after_an_error()
    {
        var (model, x, y) = Problem("sgd");
        new LearningRateFinder(steps: 5).Find(model, Dataset.FromTensors(x, y).Batch(16)).Rates.Count.Should().Be(5);
        var before = model.GetWeights().SelectMany(w => Numbers(w)).ToArray();
        Action act = () => new LearningRateFinder().Find(model, torch.full([64, 3], double.NaN), y);
        act.Should().Throw<KerasException>().WithMessage("LearningRateFinder expects a finite loss in at least three steps but received 0. Give a lower minLearningRate*");
        model.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(before);
        model.Optimizer!.CurrentLearningRate.Should().Be(0.01);
    }

    [Test]
    public void What_cannot_be_tested_is_refused()
    {
        Refused(() => new LearningRateFinder(0), "*minLearningRate*");
        Refused(() => new LearningRateFinder(1, 0.5), "*maxLearningRate*above minLearningRate*");
        Refused(() => new LearningRateFinder(steps: 2), "*steps*");
        Refused(() => new LearningRateFinder(mode: "cosine"), "*mode*\"exponential\" or \"linear\"*");
        Refused(() => new LearningRateFinder(smoothing: 1), "*smoothing*");
        Refused(() => new LearningRateFinder(divergence: 1), "*divergence*");
        Refused(() => new LearningRateFinder().Find(new Sequential([new Dense(1)]), torch.ones(1, 1), torch.ones(1, 1)), "*cannot be tested for learning rates: its input shape is not known*");
        Refused(() => new LearningRateFinder().Find(new Sequential([new Dense(1, inputShape: 1)]), torch.ones(1, 1), torch.ones(1, 1)), "*compile*");

        static void Refused(Func<object> act, string message) => act.Should().Throw<KerasException>().WithMessage(message);
    }

    private static (Sequential Model, Tensor X, Tensor Y) Problem(Optimizer optimizer)
    {
        Sequential model = [Dense(8, activation: "tanh", inputShape: 3), BatchNormalization(), Dropout(0.2), Dense(1)];
        model.Compile(optimizer, "mse");
        var x = Sample(ScalarType.Float32, 64, 3);
        return (model, x, x.sum([1L]).unsqueeze(1));
    }
}
