using DeepKeras.Layers;
using DeepKeras.Tests.Optimizers.Fixtures;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Which weights share a buffer, and that weights may be frozen, moved, left out or shared without anybody noticing.</summary>
public sealed class OptimizerGroupingTests
{
    [TestCase(2)]
    [TestCase(60)]
    public void ManySmallWeightsAreOneUpdate(int layers)
    {
        using var scope = torch.NewDisposeScope();
        var holder = new WeightHolder();
        for (var i = 0; i < layers; i++) _ = holder.Add($"kernel_{i}", [4, 3]);
        var optimizer = new Adam();
        optimizer.Build(holder.Weights);
        optimizer.SlotCount.Should().Be(1);
    }

    [Test]
    public void LargeWeightsStayAloneAndWhereTheyAre()
    {
        using var scope = torch.NewDisposeScope();
        var holder = new WeightHolder();
        var large = holder.Add("large", [200, 200]);
        _ = holder.Add("small", [3]);
        _ = holder.Add("other", [4]);
        var before = large.Value;
        var optimizer = new Adam();
        optimizer.Build(holder.Weights);
        optimizer.SlotCount.Should().Be(2);
        large.Value.Should().BeSameAs(before);
    }

    [Test]
    public void MovedWeightsKeepValuesStridesAndGradients()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var values = holder.Values();
        var strides = holder.Weights.Select(w => w.Value.stride()).ToList();
        new Adam().Build(holder.Weights);
        holder.Values().Should().Equal(values);
        for (var i = 0; i < strides.Count; i++) holder.Weights[i].Value.stride().Should().Equal(strides[i]);
        holder.Weights.Should().OnlyContain(w => w.Value.is_leaf && w.Value.requires_grad);
        strides[2].Should().Equal([12, 1, 6, 2], "the kernel (2, 3, 2, 2) lies as (out, h, w, in) in memory");
    }

    [Test]
    public void FrozenWeightsAndTheirStateRest()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (WeightHolder.Three("first"), WeightHolder.Three("second"));
        var optimizer = new Adam(0.01);
        optimizer.Build([.. first.Weights, .. second.Weights]);
        for (var step = 0; step < 3; step++) optimizer.Minimize(first.Loss(step) + second.Loss(step));
        first.Trainable = false;
        var (values, state) = (first.Values(), State(optimizer, "first"));
        for (var step = 3; step < 6; step++) optimizer.Minimize(first.Loss(step) + second.Loss(step));
        first.Values().Should().Equal(values);
        State(optimizer, "first").Should().Equal(state);
        optimizer.TrainableWeights.Should().Equal(second.Weights);

        first.Trainable = true;
        optimizer.Minimize(first.Loss(6) + second.Loss(6));
        first.Values().Should().NotEqual(values);
        optimizer.TrainableWeights.Should().HaveCount(6);
    }

    [Test]
    public void FreezingAnotherLayerChangesNothingForThisOne()
    {
        using var scope = torch.NewDisposeScope();
        var (lone, watched, other) = (WeightHolder.Three("lone"), WeightHolder.Three("watched"), WeightHolder.Three("other"));
        var (alone, both) = (new Adam(0.01), new Adam(0.01));
        alone.Build(lone.Weights);
        both.Build([.. watched.Weights, .. other.Weights]);
        for (var step = 0; step < 8; step++)
        {
            other.Trainable = step is < 2 or > 5;
            alone.Minimize(lone.Loss(step));
            both.Minimize(watched.Loss(step) + other.Loss(step));
        }
        watched.Values().Should().Equal(lone.Values());
    }

    [Test]
    public void AllFrozenIsNoStep()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new Adam(0.01);
        optimizer.Build(holder.Weights);
        holder.Trainable = false;
        var values = holder.Values();
        optimizer.Minimize(holder.Loss(0));
        holder.Values().Should().Equal(values);
        optimizer.Iterations.Should().Be(0);
    }

    [Test]
    public void AWeightThatTheLossDoesNotUseIsSkipped()
    {
        using var scope = torch.NewDisposeScope();
        var (used, unused) = (WeightHolder.Three("used"), WeightHolder.Three("unused"));
        var lone = WeightHolder.Three("lone");
        var (optimizer, reference) = (new Adam(0.01, weightDecay: 0.1), new Adam(0.01, weightDecay: 0.1));
        optimizer.Build([.. used.Weights, .. unused.Weights]);
        reference.Build(lone.Weights);
        var values = unused.Values();
        for (var step = 0; step < 4; step++)
        {
            optimizer.Minimize(used.Loss(step));
            reference.Minimize(lone.Loss(step));
        }
        unused.Values().Should().Equal(values);
        used.Values().Should().Equal(lone.Values());
    }

    [Test]
    public void TwoOptimizersMayTrainTheSameWeights()
    {
        using var scope = torch.NewDisposeScope();
        var shared = WeightHolder.Three("shared");
        var alone = WeightHolder.Three("alone");
        var (first, second, a, b) = (new Adam(0.01), new SGD(0.1, momentum: 0.9), new Adam(0.01), new SGD(0.1, momentum: 0.9));
        first.Build(shared.Weights);
        a.GroupLimit = b.GroupLimit = 0;
        a.Build(alone.Weights);
        b.Build(alone.Weights);
        for (var step = 0; step < 6; step++)
        {
            // The second comes in the middle and moves the weights into its own buffer.
            if (step == 2) second.Build(shared.Weights);
            first.Minimize(shared.Loss(step));
            a.Minimize(alone.Loss(step));
            if (step < 2) continue;
            second.Minimize(shared.Loss(step + 1));
            b.Minimize(alone.Loss(step + 1));
        }
        shared.Values().Should().Equal(alone.Values());
    }

    [Test]
    public void BuildingTwiceKeepsTheState()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new Adam(0.01);
        optimizer.Build(holder.Weights);
        optimizer.Minimize(holder.Loss(0));
        var state = State(optimizer, "holder");
        var added = WeightHolder.Three("added");
        optimizer.Build([.. holder.Weights, .. added.Weights]);
        State(optimizer, "holder").Should().Equal(state);
        State(optimizer, "added").Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void ConstraintsHoldAfterEveryStep()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three(constraint: "non_neg");
        var optimizer = new SGD(0.5);
        optimizer.Build(holder.Weights);
        optimizer.Minimize(holder.Loss(0));
        Numbers(holder.Weights[0].View()).Should().OnlyContain(v => v >= 0).And.Contain(0);
        Numbers(holder.Weights[1].View()).Should().Contain(v => v < 0);
    }

    [Test]
    public void GradientsOfTheCallerStayAsTheyAre()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new Adam(0.01, clipvalue: 0.01);
        optimizer.Build(holder.Weights);
        Tensor?[] gradients = [torch.ones_like(holder.Weights[0].Value), null, torch.ones_like(holder.Weights[2].Value)];
        var bias = Numbers(holder.Weights[1].View());
        optimizer.Apply(gradients);
        Numbers(gradients[0]!).Should().OnlyContain(v => v == 1);
        Numbers(gradients[2]!).Should().OnlyContain(v => v == 1);
        Numbers(holder.Weights[1].View()).Should().Equal(bias);
    }

    [Test]
    public void AHundredStepsLeaveNoTensorBehind()
    {
        var holder = WeightHolder.Three();
        var optimizer = new Adam(0.001, weightDecay: 0.01, globalClipnorm: 1, useEma: true);
        optimizer.Build(holder.Weights);
        Leaks.None(
            () =>
            {
                using var scope = torch.NewDisposeScope();
                optimizer.Minimize(holder.Loss(1));
            },
            steps: 100);
    }

    [Test]
    public void FreezingAgainAndAgainLeavesNoTensorBehind()
    {
        var (first, second) = (WeightHolder.Three("first"), WeightHolder.Three("second"));
        var optimizer = new Adam(0.001);
        optimizer.Build([.. first.Weights, .. second.Weights]);
        Leaks.None(() =>
        {
            using var scope = torch.NewDisposeScope();
            first.Trainable = !first.Trainable;
            optimizer.Minimize(first.Loss(1) + second.Loss(1));
            first.Trainable = !first.Trainable;
            optimizer.Minimize(first.Loss(1) + second.Loss(1));
        });
    }

    [Test]
    public void AveragedWeightsComeWhenTrainingEnds()
    {
        using var scope = torch.NewDisposeScope();
        var holder = WeightHolder.Three();
        var optimizer = new SGD(0.1, useEma: true, emaMomentum: 0.5);
        optimizer.Build(holder.Weights);
        optimizer.Minimize(holder.Loss(0));
        var first = holder.Values();
        optimizer.Minimize(holder.Loss(1));
        var second = holder.Values();
        optimizer.FinishTraining();
        Difference(holder.Values(), [.. first.Zip(second, (a, b) => (a + b) / 2)], 1e-6, 0).Should().BeNull();
    }

    [Test]
    public void ScheduledMomentumReachesTheRule()
    {
        using var scope = torch.NewDisposeScope();
        var (swung, byHand) = (WeightHolder.Three("swung"), WeightHolder.Three("by_hand"));
        var cycle = new DeepKeras.Schedules.OneCycle(0.1, 10);
        var optimizer = new SGD(cycle);
        optimizer.Build(swung.Weights);
        var velocity = new double[swung.Values().Length];
        var values = byHand.Values();
        for (var step = 0; step < 10; step++)
        {
            optimizer.Minimize(swung.Loss(step));
            var loss = byHand.Loss(step);
            var gradients = torch.autograd.grad([loss], [.. byHand.Weights.Select(w => w.Value)]).Zip(byHand.Weights, (g, w) => Numbers(w.ToSurface(g))).SelectMany(g => g).ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                velocity[i] = (cycle.MomentumAt(step)!.Value * velocity[i]) - (cycle.At(step) * gradients[i]);
                values[i] += velocity[i];
            }
        }
        Difference(swung.Values(), values, 1e-5, 1e-5).Should().BeNull();
    }

    private static double[] State(Optimizer optimizer, string layer) =>
        [.. optimizer.GetState().Where(s => s.Name.StartsWith(layer, StringComparison.Ordinal)).SelectMany(s => Numbers(s.Value))];
}
