using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Initializers;
using DeepKeras.Metrics;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks;

/// <summary>A run that is broken off and started again must end as one that was not.</summary>
public sealed class BackupAndRestoreTests
{
    private const int Epochs = 5;
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("deepkeras").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("arrays", 0, 9)]
    [TestCase("arrays", 0, 12)]
    [TestCase("arrays", 3, 10)]
    [TestCase("arrays", 1, 2)]
    [TestCase("arrays", 4, 13)]
    [TestCase("dataset", 0, 9)]
    [TestCase("dataset", 3, 14)]
    [TestCase("steps", 0, 9)]
    [TestCase("steps", 5, 13)]
    public void TheResumedRunEqualsTheWholeOneBitForBit(string data, int saveFreq, int breakAfter)
    {
        using var scope = torch.NewDisposeScope();
        var whole = Run(data, "whole", null, null);
        Frequency frequency = saveFreq == 0 ? "epoch" : saveFreq;
        var broken = () => Run(data, "resumed", new BackupAndRestore(Path.Combine(_folder, "backup"), frequency), breakAfter);
        broken.Should().Throw<InvalidOperationException>().WithMessage("power cut");
        var resumed = Run(data, "resumed", new BackupAndRestore(Path.Combine(_folder, "backup"), frequency), null);

        resumed.Weights.Should().Equal(whole.Weights);
        resumed.Optimizer.Should().Equal(whole.Optimizer);
        resumed.Best.Should().Be(whole.Best);
        File.ReadAllText(Path.Combine(_folder, "resumed.csv")).Should().Be(File.ReadAllText(Path.Combine(_folder, "whole.csv")));
        resumed.History.Epochs.Should().Equal(whole.History.Epochs.TakeLast(resumed.History.Epochs.Count)).And.NotHaveCount(0);
        foreach (var key in whole.History.Keys) resumed.History[key].Should().Equal(whole.History[key].TakeLast(resumed.History[key].Count), key);
        Directory.Exists(Path.Combine(_folder, "backup")).Should().BeFalse("it is deleted when training has ended");
    }

    [Test]
    public void LayersThatWereUnfrozenOnTheWayLearnOn()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (Ramp(-1, 0.1, 8, 3), Ramp(0, 0.1, 8, 1));
        var whole = Run(null, null);
        var broken = () => Run(new BackupAndRestore(Path.Combine(_folder, "backup")), 4);
        broken.Should().Throw<InvalidOperationException>();
        Run(new BackupAndRestore(Path.Combine(_folder, "backup")), null).Should().Equal(whole);

        double[] Run(BackupAndRestore? backup, int? breakAt)
        {
            Sequential model = [Dense(4, kernelInitializer: new GlorotUniform(1), inputShape: 3, name: "base"), Dense(1, kernelInitializer: new GlorotUniform(2), name: "head")];
            model.Freeze("base");
            model.Compile(new Adam(0.1), "mse");
            List<Callback> callbacks =
            [
                new GradualUnfreezing((2, "base")) { LearningRateFactor = 0.5 },
                new LambdaCallback(onEpochBegin: (epoch, _) =>
                {
                    if (epoch == breakAt) throw new InvalidOperationException("power cut");
                }),
            ];
            if (backup is not null) callbacks.Add(backup);
            model.Fit(x, y, batchSize: 4, epochs: 6, shuffle: false, verbose: 0, callbacks: callbacks);
            return [.. model.GetWeights().SelectMany(w => Numbers(w))];
        }
    }

    [Test]
    public void ARunThatIsStoppedFromOutsideKeepsItsBackup()
    {
        using var scope = torch.NewDisposeScope();
        using var stop = new CancellationTokenSource();
        var (x, y) = (torch.ones(6, 2), torch.ones(6, 1));
        var backup = new BackupAndRestore(Path.Combine(_folder, "backup"));
        var model = Line();
        var first = model.Fit(x, y, batchSize: 2, epochs: 4, verbose: 0, cancellationToken: stop.Token, callbacks: [backup, new LambdaCallback(onEpochBegin: (epoch, _) =>
        {
            if (epoch == 2) stop.Cancel();
        })]);
        first.Epochs.Should().Equal(0, 1);
        var weights = Line();
        weights.Fit(x, y, batchSize: 2, epochs: 4, verbose: 0, callbacks: [backup]).Epochs.Should().Equal(2, 3);
        var whole = Line();
        whole.Fit(x, y, batchSize: 2, epochs: 4, verbose: 0);
        Numbers(weights.GetWeights()[0]).Should().Equal(Numbers(whole.GetWeights()[0]));
    }

    [Test]
    public void TheBackupStaysWhereThatIsWantedAndEndsTheNextRunAtOnce()
    {
        using var scope = torch.NewDisposeScope();
        var backup = new BackupAndRestore(Path.Combine(_folder, "backup"), deleteCheckpoint: false);
        Line().Fit(torch.ones(4, 2), torch.ones(4, 1), epochs: 2, verbose: 0, callbacks: [backup]);
        Line().Fit(torch.ones(4, 2), torch.ones(4, 1), epochs: 2, verbose: 0, callbacks: [backup]).Epochs.Should().BeEmpty();
        Line().Fit(torch.ones(4, 2), torch.ones(4, 1), epochs: 3, verbose: 0, callbacks: [backup]).Epochs.Should().Equal(2);
    }

    [Test]
    public void ADamagedBackupIsRefusedByNameOrTheOneBeforeIsUsed()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Path.Combine(_folder, "backup");
        var file = Path.Combine(folder, "latest.backup");
        var backup = new BackupAndRestore(folder, deleteCheckpoint: false, doubleCheckpoint: true);
        Line().Fit(torch.ones(4, 2), torch.ones(4, 1), epochs: 3, verbose: 0, callbacks: [backup]);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().Should().Equal("latest.backup", "latest.backup.bkp");
        var good = File.ReadAllBytes(file);
        foreach (var damage in new Func<byte[]>[] { () => good[..(good.Length / 2)], () => [], () => Flipped(good, good.Length / 3), () => Flipped(good, 60) })
        {
            File.WriteAllBytes(file, damage());
            Resume(3).Should().Equal([2], "the one before ended with epoch 1");
        }
        File.Delete(file + ".bkp");
        File.WriteAllBytes(file, Flipped(good, good.Length / 3));
        var refused = () => Resume(3);
        refused.Should().Throw<KerasException>().WithMessage($"BackupAndRestore cannot go on from {file}: *damaged*Delete the folder {folder} to start anew*");

        IReadOnlyList<int> Resume(int epochs)
        {
            // The run after a damaged file writes a new one; the damage is done anew each time.
            var epochsRun = Line().Fit(torch.ones(4, 2), torch.ones(4, 1), epochs: epochs, verbose: 0, callbacks: [new BackupAndRestore(folder, deleteCheckpoint: false)]).Epochs;
            return epochsRun;
        }
    }

    [Test]
    public void ABackupOfAnotherRunIsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var backup = new BackupAndRestore(Path.Combine(_folder, "backup"), deleteCheckpoint: false);
        var x = torch.ones(4, 2);
        Line().Fit(x, torch.ones(4, 1), verbose: 0, callbacks: [backup, new ReduceLROnPlateau("loss")]);
        Sequential wider = [Dense(2, inputShape: 2)];
        wider.Compile("sgd", "mse");
        Refused(() => wider.Fit(x, torch.ones(4, 2), epochs: 2, verbose: 0, callbacks: [backup]), "*: it belongs to another model (*kernel*");
        Sequential deeper = [Dense(1, inputShape: 2), Dense(1)];
        deeper.Compile("sgd", "mse");
        Refused(() => deeper.Fit(x, torch.ones(4, 1), epochs: 2, verbose: 0, callbacks: [backup]), "*: it belongs to another model (with 2 layers and 2 weights, not 3 and 4)*");
        Refused(() => Line().Fit(x, torch.ones(4, 1), epochs: 2, verbose: 0, callbacks: [backup]), "*: it was made with a callback 'ReduceLROnPlateau' that this run lacks*");
        Refused(() => Line().Fit(Dataset.FromTensors(x, torch.ones(4, 1)).Shuffle(4).Batch(2), epochs: 2, verbose: 0, callbacks: [backup, new ReduceLROnPlateau("loss")]), "*: it was made with other data*");
        File.WriteAllText(Path.Combine(_folder, "backup", "latest.backup"), "no zip");
        Refused(() => Line().Fit(x, torch.ones(4, 1), verbose: 0, callbacks: [backup]), "BackupAndRestore cannot go on from *latest.backup: *Delete the folder*");
    }

    [Test]
    public void ABackupWithinAnEpochNeedsTheSameMetricsAndBatches()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Path.Combine(_folder, "backup");
        var (x, y) = (torch.ones(6, 2), torch.ones(6, 1));
        var cut = new LambdaCallback(onTrainBatchBegin: (batch, _) =>
        {
            if (batch == 2) throw new InvalidOperationException("power cut");
        });
        var broken = () => Line().Fit(x, y, batchSize: 2, verbose: 0, callbacks: [new BackupAndRestore(folder, 2), cut]);
        broken.Should().Throw<InvalidOperationException>();
        var other = Line();
        other.Compile("sgd", "mse", metrics: ["mae"]);
        Refused(() => other.Fit(x, y, batchSize: 2, verbose: 0, callbacks: [new BackupAndRestore(folder, 2)]), "*: it was made with other metrics*");
        Refused(() => Line().Fit(x, y, batchSize: 6, verbose: 0, callbacks: [new BackupAndRestore(folder, 2)]), "*: it was made with other data*");
    }

    [Test]
    public void WrongArgumentsAreNamed()
    {
        Refused(() => _ = new BackupAndRestore(" "), "BackupAndRestore: backupDir must be a folder but was \" \". *");
        Refused(() => _ = new BackupAndRestore("a", 0), "BackupAndRestore: saveFreq must be at least 1 batch but was 0. *");
        Refused(() => _ = new BackupAndRestore("a", "step"), "Unknown frequency \"step\". *");
    }

    private static byte[] Flipped(byte[] good, int at)
    {
        var bad = (byte[])good.Clone();
        bad[at] ^= 0x10;
        return bad;
    }

    private static void Refused(Action run, string message) => run.Should().Throw<KerasException>().WithMessage(message);

    private static Sequential Line()
    {
        Sequential model = [Dense(1, kernelInitializer: "zeros", inputShape: 2)];
        model.Compile("sgd", "mse");
        return model;
    }

    /// <summary>As a program of its own would run: model, data and callbacks made anew, random numbers wherever they stand.</summary>
    private (double[] Weights, double[] Optimizer, double? Best, History History) Run(string data, string name, BackupAndRestore? backup, int? breakAfter)
    {
        SetRandomSeed(breakAfter is null && backup is not null ? 99 : 7);
        Sequential model =
        [
            Dense(8, activation: "relu", kernelInitializer: new GlorotUniform(3), inputShape: 4), BatchNormalization(), Dropout(0.3), Dropout(0.2, seed: 5), Dense(1, activation: "sigmoid", kernelInitializer: new GlorotUniform(4)),
        ];
        model.Compile(new Adam(0.05, useEma: true), "binary_crossentropy", metrics: ["accuracy", "auc", new F1Score(threshold: 0.5)]);
        using var random = new torch.Generator(11);
        var x = torch.rand(16, 4, generator: random);
        var y = x.sum(1, keepdim: true).gt(2).to_type(ScalarType.Float32);
        var early = new EarlyStopping(patience: 3, restoreBestWeights: true);
        var steps = 0;
        List<Callback> callbacks =
        [
            early, new ReduceLROnPlateau(patience: 1, minDelta: 10), new CSVLogger(Path.Combine(_folder, name + ".csv")), new SwapEMAWeights(swapOnEpoch: true),
            new LambdaCallback(onTrainBatchBegin: (_, _) =>
            {
                if (steps++ == breakAfter) throw new InvalidOperationException("power cut");
            }),
        ];
        if (backup is not null) callbacks.Insert(0, backup);
        var history = data switch
        {
            "arrays" => model.Fit(x, y, batchSize: 4, epochs: Epochs, verbose: 0, validationSplit: 0.2, callbacks: callbacks),
            "dataset" => model.Fit(Stream(3).Batch(4), epochs: Epochs, verbose: 0, validationData: Stream(null).Batch(8), callbacks: callbacks),
            _ => model.Fit(Stream(3).Batch(4).Prefetch(2), epochs: Epochs, stepsPerEpoch: 3, verbose: 0, validationData: Stream(5).Batch(8), callbacks: callbacks),
        };
        return (
            [.. model.GetWeights().SelectMany(w => Numbers(w))],
            [.. model.Optimizer!.GetState().SelectMany(s => Numbers(s.Value))],
            early.Best,
            history);

        Dataset<Sample> Stream(int? seed) =>
            Dataset.FromTensors(x, y).Shuffle(6, seed).Map((a, b) => (a + (0.01 * Dataset.NewRandom().NextDouble()), b), workers: 2);
    }
}
