using DeepKeras.Callbacks;
using DeepKeras.Schedules;
using DeepKeras.Tests.Callbacks.Fixtures;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Callbacks that set the learning rate.</summary>
public sealed class LearningRateCallbackTests
{
    [Test]
    public void AfterThePatienceTheRateFallsButNotBelowTheLeast()
    {
        using var scope = torch.NewDisposeScope();
        Rates(new ReduceLROnPlateau(factor: 0.1, patience: 2, minLR: 0.05), 1, 1, 1, 1, 1, 1, 1).Should().Equal(1, 1, 1, 0.1, 0.1, 0.05, 0.05);
    }

    [Test]
    public void ChangesBelowMinDeltaAreNoImprovement()
    {
        using var scope = torch.NewDisposeScope();
        Rates(new ReduceLROnPlateau(patience: 1, minDelta: 0.5), 2, 1.6, 1, 0.9).Should().Equal(1, 1, 0.1, 0.1);
    }

    [Test]
    public void EpochsOfTheCooldownAreNotCounted()
    {
        using var scope = torch.NewDisposeScope();
        Rates(new ReduceLROnPlateau(factor: 0.5, patience: 1, cooldown: 2), 1, 1, 1, 1, 1, 1).Should().Equal(1, 1, 0.5, 0.5, 0.25, 0.25);
    }

    [Test]
    public void TheScheduleSeesEpochAndRate()
    {
        using var scope = torch.NewDisposeScope();
        var run = new FakeRun(new LearningRateScheduler((epoch, rate) => epoch == 0 ? 0.5 : rate / 2, verbose: 1));
        run.Epochs("val_loss", 1, 1, 1);
        run.Recorded.Select(l => l["learning_rate"]).Should().Equal(0.5, 0.25, 0.125);
        run.Text.Should().StartWith("Epoch 1: LearningRateScheduler setting learning rate to 0.5.\nEpoch 2:");
    }

    [Test]
    public void ThePlateauIsReported()
    {
        using var scope = torch.NewDisposeScope();
        var run = new FakeRun(new ReduceLROnPlateau(patience: 1, verbose: 1));
        run.Epochs("val_loss", 1, 1);
        run.Text.Should().Be("Epoch 2: ReduceLROnPlateau reducing learning rate to 0.1.\n");
    }

    [Test]
    public void BothNeedARateThatCanBeSet()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var callback in new Callback[] { new ReduceLROnPlateau(), new LearningRateScheduler((_, rate) => rate) })
        {
            var run = new FakeRun(callback, optimizer: new SGD(new CosineDecay(0.1, 10)));
            run.Invoking(r => r.Epochs("val_loss", 1)).Should().Throw<KerasException>()
                .WithMessage($"{callback.GetType().Name} expects an optimizer whose learning rate can be set but its rate follows a CosineDecay. Create the optimizer with a number*");
        }
        var act = () => new ReduceLROnPlateau(factor: 1);
        act.Should().Throw<KerasException>().WithMessage("ReduceLROnPlateau: factor must be at least 0 and below 1 but was 1. *");
    }

    // The rate of epoch n as the history shows it: the one that epoch was trained with.
    private static IEnumerable<double> Rates(Callback callback, params double[] values)
    {
        var run = new FakeRun(callback);
        run.Epochs("val_loss", [.. values]);
        return run.Recorded.Select(l => Math.Round(l["learning_rate"], 12));
    }
}
