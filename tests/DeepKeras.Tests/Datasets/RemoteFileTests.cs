using System.Security.Cryptography;
using DeepKeras.Datasets;

namespace DeepKeras.Tests.Datasets;

[TestFixture]
public sealed class RemoteFileTests
{
    private readonly byte[] _content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7) ^ (i >> 8)))];
    private TextWriter _before = TextWriter.Null;

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(_content));

    [SetUp]
    public void BeQuiet()
    {
        _before = Keras.Output;
        Keras.Output = TextWriter.Null;
    }

    [TearDown]
    public void SpeakAgain() => Keras.Output = _before;

    [Test]
    public void A_file_is_fetched_once()
    {
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        using var log = new StringWriter();
        Keras.Output = log;
        var file = new RemoteFile("file.bin", Hash, [server.Address]);
        var path = file.Fetch(folder.File("made/on/the/way"));
        File.ReadAllBytes(path).Should().Equal(_content);
        file.Fetch(folder.File("made/on/the/way")).Should().Be(path);
        server.Ranges.Should().HaveCount(1);
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
        log.ToString().Should().Be($"Downloading file.bin (0.3 MB) ...{Environment.NewLine}");
    }

    [Test]
    public void A_cut_connection_is_taken_up_where_it_broke()
    {
        using var server = new FileServer(_content) { CutAfter = { [0] = 131_072, [1] = 65_536 } };
        using var folder = new TemporaryFolder();
        var path = new RemoteFile("file.bin", Hash, [server.Address]).Fetch(folder.Path);
        File.ReadAllBytes(path).Should().Equal(_content);
        server.Ranges.Should().HaveCount(3);
        server.Ranges[0].Should().BeNull();
        server.Ranges[1].Should().MatchRegex("^bytes=[1-9][0-9]*-$");
    }

    [Test]
    public void What_arrived_in_an_earlier_run_is_used()
    {
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("file.bin.part"), _content[..1000]);
        var path = new RemoteFile("file.bin", Hash, [server.Address]).Fetch(folder.Path);
        server.Ranges.Should().Equal("bytes=1000-");
        File.ReadAllBytes(path).Should().Equal(_content);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_wrong_earlier_part_is_thrown_away(bool knowsRanges)
    {
        using var server = new FileServer(_content) { KnowsRanges = knowsRanges };
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("file.bin.part"), new byte[1000]);
        var path = new RemoteFile("file.bin", Hash, [server.Address]).Fetch(folder.Path);
        File.ReadAllBytes(path).Should().Equal(_content);
        server.Ranges.Should().HaveCount(knowsRanges ? 2 : 1);
    }

    [Test]
    public void A_part_that_is_already_whole_needs_no_bytes()
    {
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("file.bin.part"), _content);
        File.ReadAllBytes(new RemoteFile("file.bin", Hash, [server.Address]).Fetch(folder.Path)).Should().Equal(_content);
    }

    [Test]
    public void The_second_source_helps_when_the_first_has_not_got_it()
    {
        using var missing = new FileServer(_content) { Status = 404 };
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        File.Exists(new RemoteFile("file.bin", Hash, [missing.Address, server.Address]).Fetch(folder.Path)).Should().BeTrue();
    }

    [Test]
    public void A_wrong_hash_is_refused_and_nothing_is_kept()
    {
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        var file = new RemoteFile("file.bin", new string('0', 64), [server.Address]);
        FluentActions.Invoking(() => file.Fetch(folder.Path)).Should().Throw<KerasException>()
            .WithMessage($"file.bin could not be downloaded. {server.Address}: the SHA-256 of what came is {Hash}. *put the file into {folder.Path} by hand; its SHA-256 must be 0000*DEEPKERAS_HOME*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Test]
    public void Errors_of_every_source_are_named()
    {
        using var missing = new FileServer(_content) { Status = 404 };
        using var folder = new TemporaryFolder();
        var file = new RemoteFile("file.bin", Hash, [missing.Address, "http://127.0.0.1:9/file.bin"]);
        FluentActions.Invoking(() => file.Fetch(folder.Path)).Should().Throw<KerasException>()
            .WithMessage($"file.bin could not be downloaded. {missing.Address}: the server answered 404 NotFound; http://127.0.0.1:9/file.bin: *refused*");
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("taken"), "");
        FluentActions.Invoking(() => new RemoteFile("file.bin", Hash, ["http://127.0.0.1:9/"]).Fetch(folder.File("taken/sub"))).Should().Throw<KerasException>()
            .WithMessage($"file.bin could not be written to {folder.File("taken/sub")}: *");
    }

    [Test]
    public void A_download_can_be_stopped()
    {
        using var server = new FileServer(_content);
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        FluentActions.Invoking(() => new RemoteFile("file.bin", Hash, [server.Address]).Fetch(folder.Path, stop.Token)).Should().Throw<OperationCanceledException>();
    }

    [Test]
    public void Every_file_of_the_data_sets_has_a_hash_and_a_source()
    {
        RemoteFile[] files = [.. Mnist.Files.Files, .. FashionMnist.Files.Files, Cifar10.Archive];
        files.Should().HaveCount(9);
        files.Select(f => f.Sha256).Should().OnlyHaveUniqueItems().And.AllSatisfy(h => h.Should().MatchRegex("^[0-9a-f]{64}$"));
        files.Should().AllSatisfy(f => f.Sources.Should().NotBeEmpty().And.AllSatisfy(s => Uri.IsWellFormedUriString(s, UriKind.Absolute).Should().BeTrue()));
        files.Should().AllSatisfy(f => f.Sources.Should().AllSatisfy(s => s.Should().EndWith("/" + f.Name)));
    }
}
