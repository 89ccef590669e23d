using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks;

/// <summary>Event files, byte for byte as Google's protobuf writes them, and what Keras's callback puts into them.</summary>
public sealed class TensorBoardTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("deepkeras").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TheBytesAreThoseOfGooglesProtobufAndCrc32c()
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.arange(64, ScalarType.Float64);
        using var stream = new MemoryStream();
        using (var file = new EventFile(stream, () => 1700000000.5))
        {
            file.Add("epoch_loss", 0, EventSummary.Scalar(0.25));
            file.Add("epoch_loss", 300, EventSummary.Scalar(double.PositiveInfinity));
            file.Add("dense/kernel/histogram", 7, EventSummary.Histogram(values.square() / 64));
            file.Add("dense/bias/histogram", 7, EventSummary.Histogram(torch.zeros(4)));
            file.Add("keras", 0, EventSummary.Model("{\"name\": \"Modell ä\"}"));
        }
        // Fixtures/events_protobuf.py made the file.
        stream.ToArray().Should().Equal(File.ReadAllBytes(Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Callbacks", "Fixtures", "events.tfevents")));
    }

    [Test]
    public void EpochsGiveKerassTagsInTwoFolders()
    {
        using var scope = torch.NewDisposeScope();
        var model = Compiled();
        var history = model.Fit(torch.rand(8, 2), torch.rand(8, 1), epochs: 2, batchSize: 2, verbose: 0, validationSplit: 0.25, callbacks: [new TensorBoard(_folder)]);
        var train = EventReader.Read(Path.Combine(_folder, "train"));
        train.Select(e => (e.Step, e.Tag, e.Plugin)).Should().Equal(
            (0, "keras", "graph_keras_model"),
            (0, "epoch_loss", "scalars"),
            (0, "epoch_mae", "scalars"),
            (0, "epoch_learning_rate", "scalars"),
            (1, "epoch_loss", "scalars"),
            (1, "epoch_mae", "scalars"),
            (1, "epoch_learning_rate", "scalars"));
        train.Where(e => e.Tag == "epoch_loss").Select(Number).Should().Equal(history["loss"].Select(v => (float)v));
        train.Where(e => e.Tag == "epoch_learning_rate").Select(Number).Should().Equal(0.25f, 0.25f);
        Encoding.UTF8.GetString(train[0].Texts[0]).Should().Be(model.ToJson());
        var validation = EventReader.Read(Path.Combine(_folder, "validation"));
        validation.Select(e => (e.Step, e.Tag)).Should().Equal((3, "evaluation_loss_vs_iterations"), (3, "evaluation_mae_vs_iterations"), (0, "epoch_loss"), (0, "epoch_mae"), (6, "evaluation_loss_vs_iterations"), (6, "evaluation_mae_vs_iterations"), (1, "epoch_loss"), (1, "epoch_mae"));
        Number(validation[2]).Should().Be((float)history["val_loss"][0]);
    }

    [TestCase("batch", new long[] { 1, 2, 3, 4, 5, 6 })]
    [TestCase(4, new long[] { 4 })]
    public void BatchesAreWrittenEverySoManySteps(object frequency, long[] steps)
    {
        using var scope = torch.NewDisposeScope();
        var callback = new TensorBoard(_folder, writeGraph: false, writeStepsPerSecond: true, updateFreq: frequency is int number ? number : (string)frequency);
        Compiled().Fit(torch.rand(6, 2), torch.rand(6, 1), epochs: 2, batchSize: 2, verbose: 0, callbacks: [callback]);
        var train = EventReader.Read(Path.Combine(_folder, "train"));
        foreach (var tag in new[] { "batch_loss", "batch_mae", "batch_steps_per_second" }) train.Where(e => e.Tag == tag).Select(e => e.Step).Should().Equal(steps);
        train.Where(e => e.Tag == "epoch_steps_per_second").Should().HaveCount(2).And.OnlyContain(e => Number(e) > 0);
        Directory.Exists(Path.Combine(_folder, "validation")).Should().BeFalse("there was no validation");
    }

    [Test]
    public void WeightsAreWrittenAsHistogramsAndPictures()
    {
        using var scope = torch.NewDisposeScope();
        Compiled().Fit(torch.rand(4, 2), torch.rand(4, 1), epochs: 3, verbose: 0, callbacks: [new TensorBoard(_folder, histogramFreq: 2, writeImages: true, writeGraph: false)]);
        EventReader.Read(Path.Combine(_folder, "train")).Where(e => e.Plugin != "scalars").Select(e => (e.Step, e.Tag, e.Plugin)).Should().Equal(
            [.. new long[] { 0, 2 }.SelectMany(epoch => new[] { (epoch, "fc/kernel/histogram", "histograms"), (epoch, "fc/kernel/image", "images"), (epoch, "fc/bias/histogram", "histograms") })], "one number is no picture");
    }

    [Test]
    public void PicturesHaveKerassShapes()
    {
        using var scope = torch.NewDisposeScope();
        long[]? Shape(params long[] weight) => TensorBoard.Picture(torch.zeros(weight))?.shape;
        Shape(5).Should().Equal(1, 5, 1, 1);
        Shape(7, 3).Should().Equal(1, 3, 7, 1);
        Shape(3, 7).Should().Equal(1, 3, 7, 1);
        Shape(3, 3, 1, 8).Should().Equal(8, 3, 3, 1);
        Shape(3, 3, 2, 3).Should().Equal(3, 3, 2, 3);
        Shape(3, 3, 2, 8).Should().BeNull();
    }

    [Test]
    public void APictureIsAPngOfItsPixels()
    {
        using var scope = torch.NewDisposeScope();
        var png = Png.Encode(torch.tensor(new[] { 0f, 0.5f, 1f, -3f, 9f, float.NaN }, [2, 3, 1]));
        png[..8].Should().Equal(137, 80, 78, 71, 13, 10, 26, 10);
        Encoding.ASCII.GetString(png, 12, 4).Should().Be("IHDR");
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[24], png[25]).Should().Be((3, 2, 8, 0));
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var packed = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        packed.CopyTo(rows);
        // A filter byte of 0 before each row; what lies outside of 0 … 1 is cut.
        rows.ToArray().Should().Equal(0, 0, 127, 255, 0, 0, 255, 0);
    }

    [Test]
    public void AModelWithCodeIsTrainedAllTheSame()
    {
        using var scope = torch.NewDisposeScope();
        using var text = new StringWriter();
        var before = Output;
        Output = text;
        try
        {
            Sequential model = [Lambda(x => x * 2, inputShape: 2), Dense(1)];
            model.Compile("sgd", "mse");
            model.Fit(torch.rand(4, 2), torch.rand(4, 1), verbose: 0, callbacks: [new TensorBoard(_folder)]);
        }
        finally
        {
            Output = before;
        }
        text.ToString().Should().StartWith("TensorBoard shows no graph of the model: ");
        EventReader.Read(Path.Combine(_folder, "train")).Select(e => e.Tag).Should().Equal("epoch_loss", "epoch_learning_rate");
    }

    [Test]
    public void AnEvaluationByItselfIsWritten()
    {
        using var scope = torch.NewDisposeScope();
        Compiled().Evaluate(torch.rand(4, 2), torch.rand(4, 1), verbose: 0, callbacks: [new TensorBoard(_folder)]);
        EventReader.Read(Path.Combine(_folder, "validation")).Select(e => (e.Step, e.Tag)).Should().Equal((0, "evaluation_loss_vs_iterations"), (0, "evaluation_mae_vs_iterations"));
    }

    [Test]
    public void WrongArgumentsAreNamed()
    {
        Refused(() => new TensorBoard(""), "TensorBoard: logDir must be a folder but was \"\". *");
        Refused(() => new TensorBoard(histogramFreq: -1), "TensorBoard: histogramFreq must be at least 0 epochs but was -1. *");
        Refused(() => new TensorBoard(updateFreq: -1), "TensorBoard: updateFreq must be at least 1 batch but was -1. *");
    }

    private static void Refused(Func<Callback> make, string message) => make.Should().Throw<KerasException>().WithMessage(message);

    private static float Number((long Step, string Tag, string Plugin, byte[] Content, List<byte[]> Texts) summary) => BinaryPrimitives.ReadSingleLittleEndian(summary.Content);

    private static Sequential Compiled()
    {
        Sequential model = [Dense(1, inputShape: 2, name: "fc")];
        model.Compile(new SGD(0.25), loss: "mse", metrics: ["mae"]);
        return model;
    }
}
