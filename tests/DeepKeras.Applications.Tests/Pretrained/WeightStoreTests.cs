using System.Security.Cryptography;
using DeepKeras.Applications.Pretrained;
using DeepKeras.Tests.Datasets;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>Weight files are fetched from a server on this machine.</summary>
[NonParallelizable]
public sealed class WeightStoreTests
{
    private static readonly string[] s_variables = ["DEEPKERAS_HOME", "DEEPKERAS_MIRROR", "DEEPKERAS_OFFLINE"];

    private readonly byte[] _content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7) ^ (i >> 8)))];
    private readonly Dictionary<string, string?> _before = [];
    private TemporaryFolder _home = null!;
    private TextWriter _output = TextWriter.Null;

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(_content))[..8];

    [SetUp]
    public void Enter()
    {
        foreach (var variable in s_variables) _before[variable] = Environment.GetEnvironmentVariable(variable);
        _home = new TemporaryFolder();
        Environment.SetEnvironmentVariable("DEEPKERAS_HOME", _home.Path);
        Environment.SetEnvironmentVariable("DEEPKERAS_OFFLINE", null);
        _output = Keras.Output;
        Keras.Output = TextWriter.Null;
    }

    [TearDown]
    public void Leave()
    {
        foreach (var (variable, value) in _before) Environment.SetEnvironmentVariable(variable, value);
        _home.Dispose();
        Keras.Output = _output;
    }

    [Test]
    public void A_file_comes_from_a_mirror_in_pieces_and_is_kept()
    {
        using var server = new FileServer(_content) { CutAfter = { [0] = 100_000 } };
        Mirror(server);
        var path = Set(Hash).Fetch();
        path.Should().Be(Path.Combine(_home.Path, "weights", "file.bin"));
        File.ReadAllBytes(path).Should().Equal(_content);
        server.Ranges.Should().HaveCount(2);
        server.Ranges[1].Should().StartWith("bytes=");
        Environment.SetEnvironmentVariable("DEEPKERAS_OFFLINE", "1");
        Set(Hash).Fetch().Should().Be(path, "it is there already");
        server.Ranges.Should().HaveCount(2);
    }

    [Test]
    public void Another_file_of_that_name_is_refused()
    {
        using var server = new FileServer(_content);
        Mirror(server);
        var path = Set(Hash).Fetch();
        File.AppendAllText(path, "x");
        ((Action)(() => Set(Hash).Fetch())).Should().Throw<KerasException>().WithMessage($"*{path} is not the weight file \"test\" of vgg16*should begin with {Hash}*Delete it*");
    }

    [Test]
    public void A_wrong_hash_a_missing_file_and_no_server_say_what_to_do()
    {
        using var server = new FileServer(_content);
        Mirror(server);
        Failing("00000000").WithMessage("*could not be downloaded*the SHA-256 of what came is*by hand*must begin with 00000000*");
        server.Status = 404;
        Failing(Hash).WithMessage("*answered 404*put the file into*weights by hand*");
        Environment.SetEnvironmentVariable("DEEPKERAS_MIRROR", "http://127.0.0.1:9/");
        Failing(Hash).WithMessage("*127.0.0.1:9/file.bin*refused*DEEPKERAS_HOME*");
        Directory.GetFiles(Path.Combine(_home.Path, "weights")).Should().BeEmpty("nothing came, so nothing is kept");
        Environment.SetEnvironmentVariable("DEEPKERAS_OFFLINE", "1");
        Failing(Hash).WithMessage("*DEEPKERAS_OFFLINE forbids*Put the file from https://*into*weights*");
    }

    [Test]
    public void Weights_that_do_not_exist_are_refused_with_those_that_do()
    {
        ((Action)(() => WeightStore.Resolve("resnet50", "imagenett"))).Should().Throw<KerasException>().WithMessage("resnet50 has no weights \"imagenett\"*It has \"imagenet\", \"imagenet_v2\"*weights: null*");
        ((Action)(() => WeightStore.Resolve("senet154", "imagenet"))).Should().Throw<KerasException>().WithMessage("*Nobody publishes weights that fit it*");
    }

    // The publisher's server does not know the file either, wherever the tests run.
    private static FluentAssertions.Specialized.ExceptionAssertions<KerasException> Failing(string hash) => ((Action)(() => Set(hash).Fetch())).Should().Throw<KerasException>();

    private static void Mirror(FileServer server) => Environment.SetEnvironmentVariable("DEEPKERAS_MIRROR", server.Address[..^"file.bin".Length]);

    private static TorchvisionWeights Set(string hash) => new("vgg16", "test", "file.bin", hash, 0.3, 1, 60, 80, new ImageNetTransform(256, 224));
}
