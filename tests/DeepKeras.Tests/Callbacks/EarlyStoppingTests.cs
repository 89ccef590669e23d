using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;

namespace DeepKeras.Tests.Callbacks;

/// <summary>When training ends early, by the rules of keras.md 1.9.</summary>
public sealed class EarlyStoppingTests
{
    [TestCase(0, new[] { 3.0, 2, 2, 1 }, 3)]
    [TestCase(2, new[] { 3.0, 2, 2, 2, 1 }, 4)]
    [TestCase(3, new[] { 3.0, 2, 2, 2, 1, 0 }, 6)]
    [TestCase(0, new[] { double.NaN, double.NaN, 1 }, 2)]
    public void PatienceCountsEpochsWithoutImprovement(int patience, double[] values, int epochs)
    {
        using var scope = torch.NewDisposeScope();
        new FakeRun(new EarlyStopping(patience: patience)).Epochs("val_loss", [.. values]).Should().Be(epochs);
    }

    [Test]
    public void SmallChangesDoNotCount()
    {
        using var scope = torch.NewDisposeScope();
        var callback = new EarlyStopping(minDelta: -0.1, patience: 1);
        callback.MinDelta.Should().Be(0.1);
        new FakeRun(callback).Epochs("val_loss", 1, 0.95, 0.91, 0).Should().Be(2);
    }

    [Test]
    public void TheMetricTellsWhichDirectionIsBetter()
    {
        using var scope = torch.NewDisposeScope();
        var run = new FakeRun(new EarlyStopping("val_accuracy", patience: 1));
        // The name is known once metrics were resolved with real shapes.
        _ = run.Model.Evaluate(torch.zeros(4, 2), torch.zeros(4, 1), verbose: 0);
        run.Epochs("val_accuracy", 0.1, 0.2, 0.3, 0.2, 0.1).Should().Be(4);
    }

    [Test]
    public void AModeOverrulesTheMetric()
    {
        using var scope = torch.NewDisposeScope();
        new FakeRun(new EarlyStopping("val_loss", patience: 1, mode: "max")).Epochs("val_loss", 1, 2, 1, 3).Should().Be(3);
    }

    [Test]
    public void TheBestWeightsComeBackEarlyOrNot()
    {
        using var scope = torch.NewDisposeScope();
        var early = new EarlyStopping(patience: 2, restoreBestWeights: true);
        var run = new FakeRun(early);
        run.Epochs("val_loss", 3, 1, 2, 2, 0).Should().Be(4);
        (run.EpochOfWeights, early.BestEpoch, early.StoppedEpoch, early.Best).Should().Be((1.0, 1, 3, 1.0));

        var whole = new FakeRun(new EarlyStopping(patience: 5, restoreBestWeights: true));
        whole.Epochs("val_loss", 3, 1, 2).Should().Be(3);
        whole.EpochOfWeights.Should().Be(1);
    }

    [Test]
    public void OnlyBeatingTheBaselineRestartsTheCount()
    {
        using var scope = torch.NewDisposeScope();
        new FakeRun(new EarlyStopping(patience: 2, baseline: 0.5)).Epochs("val_loss", 3, 2, 1, 0.1).Should().Be(4, "improvements above the baseline neither stop nor restart");
        new FakeRun(new EarlyStopping(patience: 2, baseline: 0.5)).Epochs("val_loss", 3, 2, 2, 0.1).Should().Be(3);
    }

    [Test]
    public void EpochsBeforeTheStartAreNotWatched()
    {
        using var scope = torch.NewDisposeScope();
        new FakeRun(new EarlyStopping(startFromEpoch: 3)).Epochs("val_loss", 1, 2, 3, 4, 5, 6).Should().Be(5);
    }

    [Test]
    public void EpochsWithoutValidationAreSkipped()
    {
        using var scope = torch.NewDisposeScope();
        new FakeRun(new EarlyStopping(patience: 1), validationFrequency: 2).Epochs("val_loss", null, 1, null, 2, null).Should().Be(4);
    }

    [Test]
    public void ItSaysWhatItDid()
    {
        using var scope = torch.NewDisposeScope();
        var run = new FakeRun(new EarlyStopping(verbose: 1, restoreBestWeights: true));
        run.Epochs("val_loss", 1, 2);
        run.Text.Should().Be("Epoch 2: early stopping\nRestoring model weights from the end of the best epoch: 1.\n");
    }

    [Test]
    public void RestoringLeavesNoTensorBehind()
    {
        var run = new FakeRun(new EarlyStopping(patience: 9, restoreBestWeights: true));
        Leaks.None(
            () =>
            {
                using var scope = torch.NewDisposeScope();
                run.Epochs("val_loss", 3, 2, 1, 2);
            },
            steps: 10);
    }

    [Test]
    public void MistakesAreNamed()
    {
        using var scope = torch.NewDisposeScope();
        Refused(() => new EarlyStopping(mode: "lower"), "Unknown mode of EarlyStopping \"lower\". It must be one of: \"auto\", \"max\", \"min\".");
        Refused(() => new EarlyStopping(" "), "EarlyStopping: monitor must be a name in the logs but was \" \". *");
        Refused(() => new FakeRun(new EarlyStopping(), validationFrequency: 0).Epochs("loss", 1), "EarlyStopping watches 'val_loss' but the logs have 'loss'. Give Fit a validationSplit or validationData*");
        Refused(() => new FakeRun(new EarlyStopping("val_los")).Epochs("val_loss", 1), "EarlyStopping watches 'val_los' but the logs have 'loss', 'val_loss'. Watch one of these*");
        Refused(() => new FakeRun(new EarlyStopping("speed")).Epochs("speed", 1, 2), "EarlyStopping expects to know which direction of 'speed' is better but the metric does not tell. Give mode: \"min\" or \"max\".");
    }

    private static void Refused(Func<object> act, string message) => act.Should().Throw<KerasException>().WithMessage(message);
}
