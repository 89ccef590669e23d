using DeepKeras.Callbacks;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every callback that only watches leaves training as it was, whatever part of <c>Fit</c> it looks at.</summary>
public sealed class CallbackConformanceTests
{
    private static readonly Dictionary<string, Func<string, Callback>> s_samples = new(StringComparer.Ordinal)
    {
        [nameof(BackupAndRestore)] = folder => new BackupAndRestore(Path.Combine(folder, "backup"), 2),
        [nameof(CSVLogger)] = folder => new CSVLogger(Path.Combine(folder, "log.csv")),
        [nameof(EarlyStopping)] = _ => new EarlyStopping(patience: 100),
        [nameof(GradualUnfreezing)] = _ => new GradualUnfreezing((100, "dense")),
        [nameof(LambdaCallback)] = _ => new LambdaCallback(),
        [nameof(LearningRateScheduler)] = _ => new LearningRateScheduler((_, rate) => rate),
        [nameof(ModelCheckpoint)] = folder => new ModelCheckpoint(Path.Combine(folder, "model.dkeras")),
        [nameof(ProgressReporter)] = _ => new ProgressReporter(0),
        [nameof(ReduceLROnPlateau)] = _ => new ReduceLROnPlateau(patience: 100),
        [nameof(RemoteMonitor)] = _ => new RemoteMonitor("http://127.0.0.1:9"),
        [nameof(TensorBoard)] = folder => new TensorBoard(folder, histogramFreq: 1, writeImages: true, writeStepsPerSecond: true, updateFreq: "batch"),
        [nameof(TerminateOnNaN)] = _ => new TerminateOnNaN(),
    };

    // Exchanging the weights for their average is there to change what validation sees; Snapshots wants a schedule that restarts.
    private static IEnumerable<TestCaseData> All() => Classes.Cases<Callback>().Where(c => (Type)c.Arguments[0]! != typeof(SwapEMAWeights) && (Type)c.Arguments[0]! != typeof(Snapshots));

    [Test]
    public void There_are_the_callbacks_of_Keras() => Classes.Of<Callback>().Count.Should().BeGreaterThanOrEqualTo(8);

    [TestCaseSource(nameof(All))]
    public void Watching_changes_nothing(Type type)
    {
        s_samples.Should().ContainKey(type.Name, "every callback has a sample here");
        var folder = Directory.CreateTempSubdirectory("deepkeras").FullName;
        try
        {
            Train([s_samples[type.Name](folder)]).Should().Equal(Train([]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double[] Train(Callback[] callbacks)
    {
        using var scope = torch.NewDisposeScope();
        Keras.ClearSession();
        Keras.SetRandomSeed(23);
        var model = new Sequential([new Dense(5, "tanh", inputShape: 4), new Dropout(0.2), new Dense(2)]);
        model.Compile("adam", "mse", ["mae"]);
        var (x, y) = (Sample(ScalarType.Float32, 20, 4), Sample(ScalarType.Float32, 20, 2));
        var history = model.Fit(x, y, batchSize: 6, epochs: 3, verbose: 0, validationSplit: 0.2, callbacks: callbacks);
        return [.. history["loss"], .. history["val_loss"], .. history["mae"], .. model.GetWeights().SelectMany(w => Numbers(w))];
    }
}
