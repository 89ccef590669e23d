using DeepKeras.Callbacks;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Models;

/// <summary>Freezing by range, name and condition, nested models included; learning rates per layer.</summary>
public sealed class ModelFreezingTests
{
    [Test]
    public void Layers_are_frozen_by_range_name_and_condition()
    {
        var net = Net();
        net.Freeze(..2);
        Learning(net).Should().Equal("c", "d");
        net.Unfreeze();
        net.Freeze(..^1);
        Learning(net).Should().Equal("d");
        net.Unfreeze(from: "b");
        Learning(net).Should().Equal("b", "c", "d");
        net.Freeze("b", "d");
        Learning(net).Should().Equal("c");
        net.Freeze();
        Learning(net).Should().BeEmpty();
        net.Unfreeze(^1..);
        net.Unfreeze(l => l.Name == "a");
        Learning(net).Should().Equal("a", "d");
        net.Freeze(l => l.Name != "d");
        Learning(net).Should().Equal("d");
    }

    [Test]
    public void A_layer_inside_a_nested_model_stands_for_what_is_behind_it()
    {
        var inner = Net();
        inner.Trainable = false;
        var x = Input(3);
        var net = new Model(inputs: [x], outputs: [Dense(2, name: "head")(inner.Apply(x))]);
        net.Freeze();
        net.Unfreeze(from: "c");
        Learning(net).Should().Equal("c", "d", "head");
        net.TrainableWeights.Should().HaveCount(6);
        net.Freeze("c");
        Learning(net).Should().Equal("d", "head");
    }

    [Test]
    public void What_does_not_exist_is_refused()
    {
        var net = Net();
        ((Action)(() => net.Freeze("e"))).Should().Throw<KerasException>().WithMessage("*no layer 'e'*a, b, c, d*");
        ((Action)(() => net.Unfreeze(from: "e"))).Should().Throw<KerasException>().WithMessage("*no layer 'e'*");
        ((Action)(() => net.Freeze(..9))).Should().Throw<KerasException>().WithMessage("*has 4 layers*0..9 cannot be taken*..3*");
        ((Action)(() => net.Layers[0].LearningRateFactor = -1)).Should().Throw<KerasException>().WithMessage("*Dense 'a'*LearningRateFactor*at least 0*-1*Trainable = false*");
    }

    [TestCase("sgd")]
    [TestCase("adam")]
    public void A_layer_can_have_its_own_learning_rate(string optimizer)
    {
        // One step with half the rate for a layer moves it half as far: the gradients are the same.
        var steps = new List<float[]>();
        foreach (var factor in new[] { 1.0, 0.5, 0.0 })
        {
            using var scope = torch.NewDisposeScope();
            SetRandomSeed(3);
            var net = Net();
            net.GetLayer("b").LearningRateFactor = factor;
            var before = net.GetWeights().Select(w => w.clone()).ToList();
            net.Compile(optimizer, "mse");
            net.TrainOnBatch(torch.ones(4, 3), torch.ones(4, 2));
            var moved = net.GetWeights().Zip(before, (a, b) => a - b).ToList();
            steps.Add([.. moved.SelectMany(t => t.flatten().data<float>().ToArray())]);
        }
        // a has 3 · 3 + 3 numbers, b as many.
        for (var i = 0; i < steps[0].Length; i++)
        {
            var isB = i is >= 12 and < 24;
            steps[1][i].Should().BeApproximately(isB ? steps[0][i] / 2 : steps[0][i], 1e-6f);
            steps[2][i].Should().BeApproximately(isB ? 0 : steps[0][i], 1e-6f);
        }
        steps[0][12..24].Should().Contain(v => v != 0);
    }

    [Test]
    public void A_net_thaws_step_by_step()
    {
        using var scope = torch.NewDisposeScope();
        var net = Net();
        net.Freeze(..^1);
        net.Compile(new SGD(0.1), "mse");
        var seen = new List<string>();
        var watch = new LambdaCallback(onEpochEnd: (epoch, _) => seen.Add($"{string.Join("", Learning(net))} {net.Optimizer!.CurrentLearningRate:0.###}"));
        net.Fit(torch.ones(4, 3), torch.ones(4, 2), epochs: 5, verbose: 0, callbacks: [new GradualUnfreezing((1, "c"), (3, "a")) { LearningRateFactor = 0.5 }, watch]);
        seen.Should().Equal("d 0.1", "cd 0.05", "cd 0.05", "abcd 0.025", "abcd 0.025");
        ((Action)(() => net.Fit(torch.ones(4, 3), torch.ones(4, 2), verbose: 0, callbacks: [new GradualUnfreezing((7, "z"))]))).Should().Throw<KerasException>().WithMessage("*no layer 'z'*");
        ((Action)(() => _ = new GradualUnfreezing((3, "a"), (3, "b")))).Should().Throw<KerasException>().WithMessage("*epochs that rise*(3, \"a\"), (3, \"b\")*");
    }

    private static Sequential Net() => [Dense(3, activation: "tanh", inputShape: 3, name: "a"), Dense(3, name: "b"), Dense(3, name: "c"), Dense(2, name: "d")];

    private static string[] Learning(Layer model) => [.. model.Sublayers.SelectMany(l => l.Sublayers.Count > 0 ? Learning(l) : l.Weights.Any(w => w.Trainable) ? [l.Name] : Array.Empty<string>())];
}
