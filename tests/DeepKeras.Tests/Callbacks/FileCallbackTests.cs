using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;

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
        Refused(() => new ModelCheckpoint("a.keras", saveFreq: 0), "ModelCheckpoint: saveFreq must be at least 1 batch but was 0. *");
        Refused(() => new ModelCheckpoint("a.keras", mode: "best"), "Unknown mode of ModelCheckpoint \"best\". *");
    }

    private static void Refused(Func<Callback> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);
}
