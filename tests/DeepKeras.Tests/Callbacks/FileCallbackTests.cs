using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Callbacks that write files.</summary>
public sealed class FileCallbackTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("deepkeras").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TheTableHasAHeaderSortedColumnsAndNAForWhatIsMissing()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(_folder, "logs", "log.csv");
        new FakeRun(new CSVLogger(file)).Epochs("accuracy", 0.5, null, 0.125);
        File.ReadAllLines(file).Should().Equal(
            "epoch,accuracy,loss,val_accuracy,val_loss",
            "0,0.5,1,NA,NA",
            "1,NA,1,NA,NA",
            "2,0.125,1,NA,NA");
    }

    [Test]
    public void ValidationColumnsAreNotDoubled()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(_folder, "log.tsv");
        new FakeRun(new CSVLogger(file, "\t")).Epochs("val_loss", 0.1);
        File.ReadAllLines(file).Should().Equal("epoch\tloss\tval_loss", "0\t1\t0.1");
    }

    [Test]
    public void AppendingContinuesAndElseItBeginsAnew()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(_folder, "log.csv");
        new FakeRun(new CSVLogger(file)).Epochs("val_loss", 3);
        new FakeRun(new CSVLogger(file, append: true)).Epochs("val_loss", 2);
        File.ReadAllLines(file).Should().Equal("epoch,loss,val_loss", "0,1,3", "0,1,2");
        new FakeRun(new CSVLogger(file)).Epochs("val_loss", 1);
        File.ReadAllLines(file).Should().Equal("epoch,loss,val_loss", "0,1,1");
    }

    [Test]
    public void EveryEpochIsSavedUnderItsName()
    {
        using var scope = torch.NewDisposeScope();
        var run = new FakeRun(new ModelCheckpoint(Path.Combine(_folder, "new", "{epoch:02d}-{val_loss:.1f}.dkeras"), verbose: 1));
        run.Epochs("val_loss", 2, 1);
        Directory.GetFiles(Path.Combine(_folder, "new")).Select(Path.GetFileName).Order().Should().Equal("01-2.0.dkeras", "02-1.0.dkeras");
        run.Text.Should().Match("Epoch 1: saving model to *01-2.0.dkeras\nEpoch 2: saving model to *02-1.0.dkeras\n");
        Numbers(LoadModel(Path.Combine(_folder, "new", "01-2.0.dkeras")).Weights[0].View()).Should().OnlyContain(v => v == 0, "the weights tell the epoch");
    }

    [Test]
    public void OnlyTheBestIsKept()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(_folder, "best.dkeras");
        var callback = new ModelCheckpoint(file, saveBestOnly: true, verbose: 1, initialValueThreshold: 2.5);
        var run = new FakeRun(callback);
        run.Epochs("val_loss", 3, 2, 1, 1.5);
        (callback.Best, callback.LastSaved).Should().Be((1, file));
        Numbers(LoadModel(file).Weights[0].View()).Should().OnlyContain(v => v == 2);
        run.Text.Should().Match("Epoch 1: val_loss did not improve from 2.50000\nEpoch 2: val_loss improved from 2.50000 to 2.00000, saving model to *best.dkeras\nEpoch 3: *\nEpoch 4: val_loss did not improve from 1.00000\n");
    }

    [Test]
    public void WithoutTheFigureTheBestCannotBeToldAndIsSavedAsInKeras()
    {
        using var scope = torch.NewDisposeScope();
        var file = Path.Combine(_folder, "best.dkeras");
        var callback = new ModelCheckpoint(file, saveBestOnly: true);
        var run = new FakeRun(callback, validationFrequency: 2);
        // Better, none, worse: the epoch between validations is saved, too, and the best figure stays.
        run.Epochs("val_loss", 2, null, 3);
        (callback.Best, callback.LastSaved).Should().Be((2, file));
        Numbers(LoadModel(file).Weights[0].View()).Should().OnlyContain(v => v == 1);
        run.Text.Should().Match("Epoch 2: 'val_loss' is not among the figures 'loss', so that the best cannot be told; saving model to *best.dkeras\n");
        var misspelt = () => new FakeRun(new ModelCheckpoint(file, "val_los", saveBestOnly: true)).Epochs("val_loss", 1);
        misspelt.Should().Throw<KerasException>().WithMessage("ModelCheckpoint watches 'val_los' but the logs have 'loss', 'val_loss'. *");
        var told = new FakeRun(new ModelCheckpoint(file, "val_los", saveBestOnly: true, mode: "min"));
        told.Epochs("val_loss", 1).Should().Be(1);
        told.Text.Should().StartWith("Epoch 1: 'val_los' is not among the figures 'loss', 'val_loss', so that");
    }

    [Test]
    public void WeightsAloneCanBeSavedAndAfterSoManyBatches()
    {
        using var scope = torch.NewDisposeScope();
        var callback = new ModelCheckpoint(Path.Combine(_folder, "{epoch}-{batch}.safetensors"), saveWeightsOnly: true, saveFreq: 3);
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile("sgd", loss: "mse");
        model.Fit(torch.ones(8, 2), torch.ones(8, 1), batchSize: 2, epochs: 2, verbose: 0, callbacks: [callback]);
        Directory.GetFiles(_folder).Select(Path.GetFileName).Order().Should().Equal("1-3.safetensors", "2-2.safetensors");
        model.LoadWeights(callback.LastSaved!);
    }

    [TestCase("plain.keras", "plain.keras")]
    [TestCase("{epoch}-{val_loss:.2f}", "7-0.05")]
    [TestCase("{epoch:02d}_{epoch:3d}_{val_loss:08.3f}", "07_  7_0000.046")]
    [TestCase("{val_loss:.1e}_{val_loss}_{val_loss:.2g}", "4.6e-02_0.0456_0.046")]
    [TestCase("{val_loss:f}", "0.045600")]
    public void PlaceholdersAreFormattedAsInPython(string template, string expected) =>
        FileTemplate.Fill("Test", template, n => n == "epoch" ? 7 : n == "val_loss" ? 0.0456 : null, () => ["epoch", "val_loss"]).Should().Be(expected);

    [Test]
    public void WrongPlaceholdersAreNamed()
    {
        var unknown = () => FileTemplate.Fill("ModelCheckpoint", "{acc}.keras", _ => null, () => ["epoch", "loss"]);
        unknown.Should().Throw<KerasException>().WithMessage("ModelCheckpoint: the file name \"{acc}.keras\" has the placeholder {acc} but known are 'epoch', 'loss'. Use one of these*");
        var format = () => FileTemplate.Fill("ModelCheckpoint", "{loss:.2x}.keras", _ => 1, () => ["loss"]);
        format.Should().Throw<KerasException>().WithMessage("ModelCheckpoint: the file name \"{loss:.2x}.keras\" expects formats such as*but has {loss:.2x}. *");
    }

    [Test]
    public void CheckpointMistakesAreNamed()
    {
        Refused(() => new ModelCheckpoint(""), "ModelCheckpoint: filepath must be a file name but was \"\". *");
        Refused(() => new ModelCheckpoint("a.dkeras", saveFreq: 0), "ModelCheckpoint: saveFreq must be at least 1 batch but was 0. *");
        Refused(() => new ModelCheckpoint("a.onnx"), "*a.onnx: the ending .onnx belongs to another format*End the name in .keras.");
        Refused(() => new ModelCheckpoint("a.h5", saveWeightsOnly: true), "*a.h5: weights for Keras are written to names that end in .weights.h5*");
        Refused(() => new ModelCheckpoint("a.dkeras", mode: "best"), "Unknown mode of ModelCheckpoint \"best\". *");
    }

    private static void Refused(Func<Callback> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);
}
