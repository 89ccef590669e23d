using System.Text.Json;
using DeepKeras.Callbacks;
using DeepKeras.Schedules;
using DeepKeras.Serialization;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Two optimizers in one model against two of PyTorch, and against one where both are alike.</summary>
public sealed class MultiOptimizerTests
{
    public static IEnumerable<TestCaseData> PyTorch() => JsonFixture.Cases("Optimizers/Fixtures/multi_optimizer.json", "name");

    public static IEnumerable<Func<Optimizer>> Rules() =>
    [
        () => new SGD(new ExponentialDecay(0.1, 2, 0.5), momentum: 0.9, nesterov: true, clipnorm: 0.5),
        () => new Adam(0.05, useEma: true, emaMomentum: 0.5, weightDecay: 0.01),
        () => new Nadam(0.05, gradientAccumulationSteps: 2, clipvalue: 0.1),
        () => new Muon(0.02),
    ];

    [TestCaseSource(nameof(PyTorch))]
    public void TwoLayersStepAsUnderTwoOptimizersOfPyTorch(JsonElement expected)
    {
        foreach (var scale in new double?[] { null, 4 })
        {
            using var scope = torch.NewDisposeScope();
            var model = Model(new MultiOptimizer(new OptimizerMap(new SGD(0.1, momentum: 0.9, globalClipnorm: 0.5), new Dictionary<string, Optimizer> { ["body/.*"] = new Adam(0.05, epsilon: 1e-12) }), scale));
            model.SetWeights([Ramp(-0.5, 0.05, 4, 5), torch.zeros(5), Ramp(0.3, -0.07, 5, 2), torch.zeros(2)]);
            double[] losses = [.. Enumerable.Range(0, 6).Select(_ => model.TrainOnBatch(X(), Y()).Loss)];
            Difference(losses, JsonFixture.Numbers(expected.GetProperty("losses")), 1e-5, 1e-5).Should().BeNull();
            foreach (var (weight, values) in model.GetWeights().Zip(expected.GetProperty("weights").EnumerateArray()))
            {
                Difference(Numbers(weight), JsonFixture.Numbers(values), 2e-5, 1e-5).Should().BeNull();
            }
            model.Optimizer!.Iterations.Should().Be(6);
        }
    }

    [TestCaseSource(nameof(Rules))]
    public void TwoAlikeStepAsOne(Func<Optimizer> make)
    {
        using var scope = torch.NewDisposeScope();
        var (one, two) = (Model(make()), Model(Split(make)));
        var losses = new[] { one, two }.Select(model =>
        {
            model.Optimizer!.ExcludeFromWeightDecay(names: ["bias"]);
            return model.Fit(X(), Y(), batchSize: 2, epochs: 3, verbose: 0, shuffle: false, validationData: (X(), Y()), callbacks: make().UseEma ? [new SwapEMAWeights(swapOnEpoch: true)] : [])["val_loss"].ToArray();
        }).ToList();
        Difference([.. two.GetWeights().SelectMany(w => Numbers(w))], [.. one.GetWeights().SelectMany(w => Numbers(w))], 1e-6, 1e-6).Should().BeNull();
        Difference(losses[1], losses[0], 1e-6, 1e-6).Should().BeNull();
    }

    [TestCase("half.keras")]
    [TestCase("half.dkeras")]
    public void ARunGoesOnFromAFileBitForBit(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var straight = Model(Mixed(useEma: false));
        var history = straight.Fit(X(), Y(), batchSize: 2, epochs: 4, verbose: 0);
        var first = Model(Mixed(useEma: false));
        first.Fit(X(), Y(), batchSize: 2, epochs: 2, verbose: 0);
        first.Save(folder.File(file));
        var second = LoadModel(folder.File(file), resume: true);
        var rest = second.Fit(X(), Y(), batchSize: 2, epochs: 4, initialEpoch: 2, verbose: 0);
        rest["loss"].Should().Equal(history["loss"].Skip(2));
        second.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(straight.GetWeights().SelectMany(w => Numbers(w)));
        second.Optimizer!.Iterations.Should().Be(12);
        second.Optimizer.CountParams().Should().Be(straight.Optimizer!.CountParams()).And.Be(2 + (2 + 25) + (1 + (2 * 12)));
    }

    [Test]
    public void ABackupGoesOnBitForBit()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var straight = Model(Mixed());
        straight.Fit(X(), Y(), batchSize: 2, epochs: 4, verbose: 0);
        var broken = Model(Mixed());
        var stop = new LambdaCallback(onEpochBegin: (epoch, _) => { if (epoch == 2) throw new OperationCanceledException(); });
        broken.Invoking(m => m.Fit(X(), Y(), batchSize: 2, epochs: 4, verbose: 0, callbacks: [new BackupAndRestore(folder.File("backup")), stop])).Should().Throw<OperationCanceledException>();
        var resumed = Model(Mixed());
        resumed.Fit(X(), Y(), batchSize: 2, epochs: 4, verbose: 0, callbacks: [new BackupAndRestore(folder.File("backup"))]);
        resumed.GetWeights().SelectMany(w => Numbers(w)).Should().Equal(straight.GetWeights().SelectMany(w => Numbers(w)));
    }

    /// <summary>Keras lists its own count and rate (0), then all variables of one optimizer after the other, the default one last.</summary>
    [Test]
    public void TheStateHasKerassOrder()
    {
        using var scope = torch.NewDisposeScope();
        var model = Model(Mixed());
        _ = model.TrainOnBatch(X(), Y());
        KerasOptimizerState.Of(model.Optimizer!, model.Weights).Select(s => s.Name).Should().Equal(
            "iteration", "learning_rate", "0/iteration", "0/learning_rate", "0/body_kernel_momentum", "0/body_bias_momentum",
            "1/iteration", "1/head_kernel_average", "1/head_bias_average", "1/head_kernel_momentum", "1/head_kernel_velocity", "1/head_bias_momentum", "1/head_bias_velocity");
    }

    [Test]
    public void TheConfigHasKerassWords()
    {
        var json = ObjectConfig.Write(new MultiOptimizer(new OptimizerMap(new Adam(0.25), new Dictionary<string, Optimizer> { ["encoder/.*"] = new SGD(0.5) }), 8, "both"));
        ((string?)json["class_name"]).Should().Be("MultiOptimizer");
        json["config"]!.AsObject().Select(p => p.Key).Should().Equal("optimizer_map", "loss_scale_factor", "name");
        var map = json["config"]!["optimizer_map"]!;
        ((string?)map["module"], (string?)map["class_name"]).Should().Be(("keras.optimizers", "OptimizerMap"));
        ((string?)map["config"]!["default_optimizer"]!["class_name"], (string?)map["config"]!["optimizer_map"]!["encoder/.*"]!["class_name"]).Should().Be(("Adam", "SGD"));
        var copy = ObjectConfig.Read<Optimizer>(json).Should().BeOfType<MultiOptimizer>().Subject;
        (copy.LossScaleFactor, copy.Name, copy.LearningRate.At(0), copy.Optimizers[0].LearningRate.At(0)).Should().Be(((double?)8, "both", 0.25, 0.5));
    }

    [Test]
    public void CallbacksSetAndLogTheRateOfEach()
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = new MultiOptimizer(new OptimizerMap(new SGD(0.01), new Dictionary<string, Optimizer> { ["body/kernel"] = new Adam(0.1), ["body/bias"] = new SGD(0.04) }));
        var model = Model(optimizer);
        var history = model.Fit(X(), Y(), epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler((_, rate) => rate / 2)]);
        Difference([.. history["learning_rate_adam"], .. history["learning_rate_sgd"], .. history["learning_rate_sgd_1"]], [0.05, 0.025, 0.02, 0.01, 0.005, 0.0025], 1e-9, 0).Should().BeNull();
        model.Fit(X(), Y(), epochs: 2, verbose: 0, callbacks: [new ReduceLROnPlateau("loss", 0.5, patience: 1, minDelta: 1e6, minLR: 0.002)]);
        Difference([.. optimizer.Optimizers.Select(o => o.CurrentLearningRate)], [0.0125, 0.005, 0.002], 1e-9, 0).Should().BeNull();
        _ = new LearningRateFinder(1e-4, 1e-2, steps: 4).Find(model, X(), Y(), batchSize: 2);
        Difference([.. optimizer.Optimizers.Select(o => o.CurrentLearningRate)], [0.0125, 0.005, 0.002], 1e-9, 0).Should().BeNull();
        optimizer.LearningRate = 0.5;
        (optimizer.CurrentLearningRate, optimizer.OptimizerMap.DefaultOptimizer.LearningRate.At(0), optimizer.Optimizers[0].LearningRate.At(0)).Should().Be((0.5, 0.5, 0.0125));
    }

    [Test]
    public void OneWhoseWeightsAreFrozenDoesNotCount()
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = Mixed();
        var model = Model(optimizer);
        model.Layers[0].Trainable = false;
        model.FitHead(X(), Y(), batchSize: 2, epochs: 1, verbose: 0);
        optimizer.Optimizers.Select(o => o.Iterations).Should().Equal(0, 3);
        model.Layers[0].Trainable = true;
        _ = model.TrainOnBatch(X(), Y());
        optimizer.Optimizers.Select(o => o.Iterations).Should().Equal(1, 4);
    }

    [Test]
    public void AStateOfOthersChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var model = Model(Mixed());
        _ = model.TrainOnBatch(X(), Y());
        var state = model.Optimizer!.GetState();
        model.Optimizer.Invoking(o => o.SetState([.. state.SkipLast(1).Select(s => (s.Name, s.Value + 1))])).Should().Throw<KerasException>().WithMessage("*Adam*'head_bias_velocity' is missing*");
        model.Optimizer.Invoking(o => o.SetState([.. state, ("2/iteration", torch.tensor(1))])).Should().Throw<KerasException>().WithMessage("*'2/iteration' is not known*");
        model.Optimizer.GetState().SelectMany(s => Numbers(s.Value)).Should().Equal(state.SelectMany(s => Numbers(s.Value)));
    }

    [Test]
    public void APathGoesBeforeAnExpression()
    {
        var map = new OptimizerMap("rmsprop", new Dictionary<string, Optimizer> { ["encoder/kernel"] = "adam", ["encoder/.*"] = "sgd" });
        new[] { "encoder/kernel", "encoder/bias", "encoder_2/kernel", "my_encoder/bias" }.Select(p => map[p].Name).Should().Equal("adam", "sgd", "rmsprop", "rmsprop");
    }

    [Test]
    public void MistakesAreNamed()
    {
        var sgd = new SGD();
        Refused(() => new OptimizerMap(sgd, new Dictionary<string, Optimizer> { ["a/.*"] = sgd }), "*each optimizer once*SGD*twice*Join the keys*");
        Refused(() => new OptimizerMap(sgd, new Dictionary<string, Optimizer> { ["a/.*"] = new LossScaleOptimizer("adam") }), "*received a LossScaleOptimizer*lossScaleFactor*");
        Refused(() => new OptimizerMap(new MultiOptimizer(new OptimizerMap(sgd))), "*received a MultiOptimizer*");
        Refused(() => new OptimizerMap(new LBFGS()), "*received a LBFGS*");
        Refused(() => new OptimizerMap(sgd, new Dictionary<string, Optimizer> { ["(a/"] = "adam" }), "*regular expressions as keys but received '(a/'*layer/.**");
        Refused(() => _ = new OptimizerMap(sgd, new Dictionary<string, Optimizer> { ["a/.*"] = "adam", [".*/bias"] = "adam" })["a/bias"], "*one key for weight 'a/bias' but received 'a/.*', '.*/bias'*");
        Refused(() => Model(new MultiOptimizer(new OptimizerMap(sgd, new Dictionary<string, Optimizer> { ["boddy/.*"] = "adam" }))).TrainOnBatch(X(), Y()), "*received 'boddy/.*', which matches none of 'body/kernel', 'body/bias', 'head/kernel', 'head/bias'*layer/.**");
        Refused(() => new LossScaleOptimizer(new MultiOptimizer(new OptimizerMap(sgd))), "*MultiOptimizer*expects to hand its weights out*lossScaleFactor*");
    }

    private static void Refused(Action make, string message) => make.Should().Throw<KerasException>().WithMessage(message);

    private static Tensor X() => Ramp(-1, 0.1, 6, 4);

    private static Tensor Y() => Ramp(0, 0.2, 6, 2);

    private static MultiOptimizer Split(Func<Optimizer> make) => new(new OptimizerMap(make(), new Dictionary<string, Optimizer> { ["head/.*"] = make() }));

    /// <summary>SGD for 25 weights, and Adam with averages and a schedule for 12.</summary>
    private static MultiOptimizer Mixed(bool useEma = true) => new(new OptimizerMap(new Adam(new CosineDecay(0.05, 12), useEma: useEma), new Dictionary<string, Optimizer> { ["body/.*"] = new SGD(0.05, momentum: 0.9) }));

    private static Sequential Model(Optimizer optimizer)
    {
        SetRandomSeed(3);
        Sequential model = [Dense(5, "tanh", inputShape: 4, name: "body"), Dense(2, name: "head")];
        model.Compile(optimizer, "mse");
        return model;
    }
}
