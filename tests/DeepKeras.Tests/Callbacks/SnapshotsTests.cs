using DeepKeras.Callbacks;
using DeepKeras.Schedules;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Snapshot ensembles.</summary>
public sealed class SnapshotsTests
{
    [Test]
    public void The_weights_at_the_end_of_each_cycle_are_kept_and_their_predictions_averaged()
    {
        SetRandomSeed(2);
        var model = Net(new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: 6, tMul: 1)));
        var (x, y) = (Sample(ScalarType.Float32, 16, 3), Sample(ScalarType.Float32, 16, 2));
        var snapshots = new Snapshots();
        var ends = new List<double[]>();
        var step = 0;
        // Four steps per epoch, five epochs: cycles end after steps 6, 12 and 18.
        _ = model.Fit(x, y, batchSize: 4, epochs: 5, verbose: 0, callbacks: [snapshots, new LambdaCallback(onTrainBatchEnd: (_, _) =>
        {
            if (++step % 6 == 0) ends.Add(Numbers(model.Predict(x).Single));
        })]);
        snapshots.Count.Should().Be(3);
        var own = Numbers(model.Predict(x).Single);
        var ensemble = snapshots.Ensemble();
        ensemble.Count.Should().Be(3);
        var mean = Enumerable.Range(0, own.Length).Select(i => ends.Average(e => e[i])).ToArray();
        Difference(Numbers(ensemble.Predict(x).Single), mean, 1e-6, 1e-6).Should().BeNull();
        Numbers(model.Predict(x).Single).Should().Equal(own, "the model has its own weights back");
    }

    [Test]
    public void Only_the_last_ones_are_kept_where_that_is_wanted()
    {
        var model = Net(new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: 2, tMul: 2)));
        var snapshots = new Snapshots(keep: 2);
        // Cycles of 2, 4, 8 steps end after 2, 6 and 14.
        _ = model.Fit(Sample(ScalarType.Float32, 16, 3), Sample(ScalarType.Float32, 16, 2), batchSize: 16, epochs: 14, verbose: 0, callbacks: [snapshots]);
        snapshots.Count.Should().Be(2);
    }

    [Test]
    public void What_has_no_cycles_is_refused()
    {
        var (x, y) = (Sample(ScalarType.Float32, 4, 3), Sample(ScalarType.Float32, 4, 2));
        var model = Net("sgd");
        model.Invoking(m => m.Fit(x, y, verbose: 0, callbacks: [new Snapshots()])).Should().Throw<KerasException>().WithMessage("Snapshots expects an optimizer whose learning rate follows a CosineDecayRestarts but received a fixed rate. Compile with*");
        new Snapshots().Invoking(s => s.Ensemble()).Should().Throw<KerasException>().WithMessage("Snapshots expects at least one cycle that has ended but received none. Train for*");
        FluentActions.Invoking(() => new Snapshots(0)).Should().Throw<KerasException>().WithMessage("*keep*at least 1*");
        FluentActions.Invoking(() => new SnapshotEnsemble(model, [])).Should().Throw<KerasException>().WithMessage("SnapshotEnsemble expects at least one*");
        FluentActions.Invoking(() => new SnapshotEnsemble(model, [[torch.ones(3, 2)]])).Should().Throw<KerasException>().WithMessage("*other ones in set 0: 1 arrays where the model has 2. Take them*");
        FluentActions.Invoking(() => new SnapshotEnsemble(model, [[torch.ones(2, 3), torch.ones(2)]])).Should().Throw<KerasException>().WithMessage("*other ones in set 0: (2, 3) for *kernel (3, 2). Take them*");
    }

    private static Sequential Net(Optimizer optimizer)
    {
        Sequential model = [Dense(2, inputShape: 3)];
        model.Compile(optimizer, "mse");
        return model;
    }
}
