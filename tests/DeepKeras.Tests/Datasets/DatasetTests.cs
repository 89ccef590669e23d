using System.Formats.Tar;
using System.IO.Compression;
using DeepKeras.Datasets;

namespace DeepKeras.Tests.Datasets;

[TestFixture]
public sealed class DatasetTests
{
    [Test]
    public void Fashion_MNIST_is_read_from_the_systems_package()
    {
        if (!DataFolder.Places("fashion-mnist").Any(Directory.Exists)) Assert.Ignore("Skipped: the package dataset-fashion-mnist is not installed.");
        using var scope = torch.NewDisposeScope();
        var ((x, y), (xTest, yTest)) = FashionMnist.Load();
        x.shape.Should().Equal(60000, 28, 28);
        xTest.shape.Should().Equal(10000, 28, 28);
        x.dtype.Should().Be(ScalarType.Byte);
        y.dtype.Should().Be(ScalarType.Byte);
        // Read with Python: gzip.open(…).read()[16:] and [8:], then sum() and the first ten labels.
        x.to(ScalarType.Int64).sum().item<long>().Should().Be(Fashion.TrainSum);
        xTest.to(ScalarType.Int64).sum().item<long>().Should().Be(Fashion.TestSum);
        Numbers(y.narrow(0, 0, 10)).Should().Equal(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
        for (var label = 0; label < FashionMnist.ClassNames.Count; label++) y.eq(label).sum().item<long>().Should().Be(6000);
    }

    [Test]
    public void Packed_and_plain_files_are_read_from_a_folder()
    {
        using var folder = new TemporaryFolder();
        WriteSet(folder.Path, images: 3, labels: 3);
        var ((x, y), (xTest, yTest)) = Mnist.Load(folder.Path);
        x.shape.Should().Equal(3, 2, 2);
        Numbers(x).Should().Equal(Enumerable.Range(0, 12).Select(i => (double)i));
        Numbers(y).Should().Equal(0, 1, 2);
        xTest.shape.Should().Equal(3, 2, 2);
        yTest.shape.Should().Equal(3);
    }

    [Test]
    public void The_users_own_folder_comes_first()
    {
        using var folder = new TemporaryFolder();
        var before = Environment.GetEnvironmentVariable("DEEPKERAS_HOME");
        try
        {
            Environment.SetEnvironmentVariable("DEEPKERAS_HOME", folder.Path);
            Directory.CreateDirectory(folder.File("datasets/fashion-mnist"));
            WriteSet(folder.File("datasets/fashion-mnist"), images: 2, labels: 2);
            FashionMnist.Load().Train.X.shape.Should().Equal(2, 2, 2);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DEEPKERAS_HOME", before);
        }
    }

    [Test]
    public void A_missing_folder_or_file_is_named()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => Mnist.Load(folder.File("no"))).Should().Throw<KerasException>().WithMessage("The folder *no does not exist*");
        FluentActions.Invoking(() => Cifar10.Load(folder.File("no"))).Should().Throw<KerasException>().WithMessage("The folder *no does not exist*");
        FluentActions.Invoking(() => Mnist.Load(folder.Path)).Should().Throw<KerasException>().WithMessage("The data file *train-images-idx3-ubyte.gz cannot be used: it does not exist*");
        FluentActions.Invoking(() => Cifar10.Load(folder.Path)).Should().Throw<KerasException>().WithMessage("The data file *cifar-10-binary.tar.gz cannot be used: it does not exist*");
        WriteSet(folder.Path, images: 3, labels: 2);
        FluentActions.Invoking(() => Mnist.Load(folder.Path)).Should().Throw<KerasException>().WithMessage("*it holds 2 labels for the 3 images of train-images-idx3-ubyte.gz*");
    }

    [TestCase("0000080300000001000000010000", "it ends too early")]
    [TestCase("00000D0300000001", "it begins with 00000D03 where 00000803 is expected")]
    [TestCase("0000080100000001", "it has 1 axes where 3 are expected")]
    [TestCase("000008030000000100000001000000010102", "it is longer than its shape (1, 1, 1) says")]
    [TestCase("00000803FFFFFFFF0000FFFF00000001", "it claims the shape (4294967295, 65535, 1)")]
    [TestCase("00000803000000010000000000000001", "it claims the shape (1, 0, 1)")]
    public void A_damaged_file_is_refused(string hex, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x-idx3-ubyte");
        File.WriteAllBytes(path, Convert.FromHexString(hex));
        FluentActions.Invoking(() => IdxFile.Read(path, 3)).Should().Throw<KerasException>().WithMessage($"The data file {path} cannot be used: {problem}. Delete it*");
    }

    [Test]
    public void A_file_that_is_not_packed_though_it_says_so_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.gz"), "this is no gzip file");
        FluentActions.Invoking(() => IdxFile.Read(folder.File("x.gz"), 3)).Should().Throw<KerasException>().WithMessage("*it cannot be decompressed*");
    }

    [Test]
    public void Cifar_records_become_images_with_the_channels_last()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cifar.tar.gz");
        WriteCifar(path, files: 6);
        var ((x, y), (xTest, yTest)) = Cifar10.ReadArchive(path, perFile: 2);
        x.shape.Should().Equal(10, 32, 32, 3);
        y.shape.Should().Equal(10, 1);
        xTest.shape.Should().Equal(2, 32, 32, 3);
        Numbers(y).Should().Equal(1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
        Numbers(yTest.flatten()).Should().Equal(1, 2);
        // Row 1, column 2 of the second image of the third file: red 3·20 + 34, green + 100, blue + 200 (modulo 256).
        Numbers(x[5, 1, 2]).Should().Equal((60 + 34) % 256, (60 + 34 + 100) % 256, (60 + 34 + 200) % 256);
    }

    [Test]
    public void A_damaged_cifar_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cifar.tar.gz");
        WriteCifar(path, files: 4);
        FluentActions.Invoking(() => Cifar10.ReadArchive(path, 2)).Should().Throw<KerasException>().WithMessage("*data_batch_5.bin is not in it*");
        FluentActions.Invoking(() => Cifar10.ReadArchive(path, 3)).Should().Throw<KerasException>().WithMessage("*data_batch_1.bin has 6146 bytes where 9219 are expected*");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        FluentActions.Invoking(() => Cifar10.ReadArchive(path, 2)).Should().Throw<KerasException>().WithMessage("*cannot be unpacked*");
    }

    private static void WriteSet(string folder, int images, int labels)
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            byte[] x = [0, 0, 8, 3, 0, 0, 0, (byte)images, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, images * 4).Select(i => (byte)i)];
            byte[] y = [0, 0, 8, 1, 0, 0, 0, (byte)labels, .. Enumerable.Range(0, labels).Select(i => (byte)i)];
            using (var packed = new GZipStream(File.Create(Path.Combine(folder, part + "-images-idx3-ubyte.gz")), CompressionLevel.Fastest)) packed.Write(x);
            File.WriteAllBytes(Path.Combine(folder, part + "-labels-idx1-ubyte"), y);
        }
    }

    private static void WriteCifar(string path, int files)
    {
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(packed);
        for (var file = 1; file <= files; file++)
        {
            var records = new byte[2 * 3073];
            for (var image = 0; image < 2; image++)
            {
                records[image * 3073] = (byte)(image + 1);
                for (var i = 0; i < 3072; i++) records[(image * 3073) + 1 + i] = (byte)((file * 20) + (i % 1024) + (100 * (i / 1024)));
            }
            var name = file == 6 ? "test_batch.bin" : $"data_batch_{file}.bin";
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/" + name) { DataStream = new MemoryStream(records) });
        }
    }

    private static class Fashion
    {
        public const long TrainSum = 3_431_114_169;
        public const long TestSum = 573_469_082;
    }
}
