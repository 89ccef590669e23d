using DeepKeras.Schedules;
using DeepKeras.Tests.Optimizers.Fixtures;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Saving and restoring what an optimizer knows.</summary>
public sealed class OptimizerStateTests
{
    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = () => new SGD(0.1, momentum: 0.9, useEma: true),
        ["rmsprop"] = () => new RMSprop(0.01, centered: true, momentum: 0.5),
        ["adam"] = () => new Adam(0.01, amsgrad: true, gradientAccumulationSteps: 3),
        ["adam scheduled"] = () => new Adam(new ExponentialDecay(0.01, 3, 0.5)),
        ["adagrad"] = () => new Adagrad(0.1),
        ["adadelta"] = () => new Adadelta(1.0),
        ["adamax"] = () => new Adamax(0.01),
        ["nadam"] = () => new Nadam(0.01),
        ["lion"] = () => new Lion(0.01),
        ["lamb"] = () => new Lamb(0.01),
        ["ftrl"] = () => new Ftrl(0.1),
        ["adafactor"] = () => new Adafactor(0.05),
        ["muon"] = () => new Muon(0.05, excludeLayers: ["filters"]),
    };

    public static IEnumerable<string> Names => s_optimizers.Keys;

    [TestCaseSource(nameof(Names))]
    public void ARestoredRunGoesOnBitByBit(string name)
    {
        var make = s_optimizers[name];
        using var scope = torch.NewDisposeScope();
        var (through, broken) = (WeightHolder.Three("h"), WeightHolder.Three("h"));
        var whole = Train(make(), through, 0, 20);
        var half = Train(make(), broken, 0, 10);

        var (later, reloaded) = (WeightHolder.Three("h"), make());
        later.CopyFrom(broken);
        reloaded.Build(later.Weights);
        reloaded.SetState([.. half.GetState().Reverse()]);
        Train(reloaded, later, 10, 20);

        later.Values().Should().Equal(through.Values());
        reloaded.Iterations.Should().Be(whole.Iterations);
    }

    [Test]
    public void NamesAndShapesAreKeras()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three("dense");
        var optimizer = new Adam(0.25);
        optimizer.Build(holder.Weights);
        optimizer.Minimize(holder.Loss(0));
        var state = optimizer.GetState();
        state.Select(s => s.Name).Should().Equal(
            "iteration", "learning_rate", "dense_kernel_momentum", "dense_bias_momentum", "dense_filters_momentum", "dense_kernel_velocity", "dense_bias_velocity", "dense_filters_velocity");
        state[0].Value.item<long>().Should().Be(1);
        state[1].Value.item<double>().Should().Be(0.25);
        state[4].Value.shape.Should().Equal([2, 3, 2, 2], "state is shown in Keras's layout");
    }

    [Test]
    public void StateInKerasLayoutBelongsToTheRightElements()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new SGD(1.0, momentum: 0.5);
        optimizer.Build(holder.Weights);
        var before = Numbers(holder.Weights[2].View());
        optimizer.Minimize(holder.Loss(0));
        // After one step from rest the velocity is the change of the weights.
        var change = Numbers(holder.Weights[2].View()).Zip(before, (now, then) => now - then).ToArray();
        Close(optimizer.GetState().Single(s => s.Name == "holder_filters_momentum").Value.flatten(), change, 1e-6);
    }

    [TestCase(29L * 2, 2, false)]
    [TestCase(29L * 2, 1, true)]
    public void ParametersAreCountedAsKerasCountsThem(long slots, long own, bool scheduled)
    {
        using var scope = torch.NewDisposeScope();
        var holder = new WeightHolder();
        _ = holder.Add("kernel", [4, 6]);
        _ = holder.Add("bias", [5]);
        var optimizer = scheduled ? new Adam(new CosineDecay(0.1, 10)) : new Adam();
        optimizer.Build(holder.Weights);
        optimizer.CountParams().Should().Be(slots + own);
    }

    [Test]
    public void FrozenFromTheStartCostsNothing()
    {
        using var scope = torch.NewDisposeScope();
        var (trained, frozen) = (WeightHolder.Three("trained"), WeightHolder.Three("frozen"));
        frozen.Trainable = false;
        var optimizer = new Adam();
        optimizer.Build([.. trained.Weights, .. frozen.Weights]);
        optimizer.CountParams().Should().Be((2 * trained.CountParams()) + 2);
    }

    [Test]
    public void WrongStateIsRefusedAndNothingChanges()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three("dense");
        var optimizer = new Adam(0.25);
        optimizer.Build(holder.Weights);
        optimizer.Minimize(holder.Loss(0));
        var state = optimizer.GetState();

        Refused([.. state.Where(s => s.Name != "dense_bias_velocity")], "*'dense_bias_velocity' is missing and nothing is not known. Build the optimizer on the model*");
        Refused([.. state, ("other_momentum", state[1].Value)], "*nothing is missing and 'other_momentum' is not known*");
        Refused([.. state, state[3]], "*each state name once but received 'dense_bias_momentum' twice. Give layers different names.*");
        Refused([.. state.Select(s => s.Name == "dense_kernel_momentum" ? (s.Name, s.Value.t()) : s)], "*'dense_kernel_momentum' expects shape (3, 4) but received (4, 3). Build the optimizer*");
        optimizer.GetState().SelectMany(s => Numbers(s.Value)).Should().Equal(state.SelectMany(s => Numbers(s.Value)));

        void Refused(IReadOnlyList<(string, Tensor)> wrong, string message) =>
            optimizer.Invoking(o => o.SetState(wrong)).Should().Throw<KerasException>().WithMessage(message);
    }

    private static Optimizer Train(Optimizer optimizer, WeightHolder holder, int from, int to)
    {
        optimizer.Build(holder.Weights);
        for (var step = from; step < to; step++) optimizer.Minimize(holder.Loss(step));
        return optimizer;
    }
}
