using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class PyTorchWriterTests
{
    private static readonly ScalarType[] s_types =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    [Test]
    public void Random_state_dicts_come_back_bit_by_bit([Range(1, 20)] int seed)
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var written = RandomStateDict(new Random(seed));
        PyTorchWriter.Save(folder.File("x.pth"), written);
        using var file = WeightFile.Open(folder.File("x.pth"));
        file.Entries.Select(e => e.Name).Should().Equal(written.Select(w => w.Name));
        foreach (var (name, value) in written)
        {
            var read = file.Read(name);
            read.dtype.Should().Be(value.dtype);
            Same(read, value).Should().BeTrue("{0} must be as it was", name);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Every_part_is_stored_plainly_at_a_multiple_of_64_bytes(bool large)
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        PyTorchWriter.Write(stream, SafetensorsWriter.Sources([("weight", Ramp(0, 1, 5)), ("bias", torch.ones([3], ScalarType.Byte))]), large);
        var bytes = stream.ToArray();
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        zip.Entries.Select(e => e.FullName).Should().Equal("archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/version");
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            var copy = new MemoryStream();
            content.CopyTo(copy);
            copy.Length.Should().Be(entry.Length).And.Be(entry.CompressedLength);
            // The sum of all bytes, by the definition of the polynomial division.
            entry.Crc32.Should().Be(Crc(copy.ToArray()));
            Enumerable.Range(0, bytes.Length / 64).Any(block => bytes.AsSpan(block * 64).StartsWith(copy.ToArray())).Should().BeTrue("{0} must be aligned", entry.FullName);
        }
    }

    [Test]
    public void Keys_and_types_that_do_not_fit_are_refused()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => PyTorchWriter.Save(folder.File("x.pth"), [("a", torch.ones(1)), ("a", torch.ones(1))])).Should().Throw<KerasException>().WithMessage("Two tensors bear the key 'a'*");
        FluentActions.Invoking(() => PyTorchWriter.Save(folder.File("x.pth"), [("a", torch.ones([1], ScalarType.ComplexFloat32))])).Should().Throw<KerasException>().WithMessage("A tensor of ComplexFloat32 cannot be written to a PyTorch file here; the types are float32, *");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Test]
    public void Writing_the_same_twice_gives_the_same_file_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        using var value = Ramp(0, 1, 2, 3);
        Leaks.None(() => PyTorchWriter.Save(folder.File("x.pth"), [("a", value)]), 10);
        var first = File.ReadAllBytes(folder.File("x.pth"));
        PyTorchWriter.Save(folder.File("x.pth"), [("a", value)]);
        File.ReadAllBytes(folder.File("x.pth")).Should().Equal(first);
    }

    [TestCase(false)]
    [TestCase(true)]
    [Category("Oracle")]
    public void PyTorch_itself_loads_what_is_written(bool large)
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var written = RandomStateDict(new Random(99));
        written.Add(("view", Ramp(0, 1, 2, 3).t()));
        using (var stream = File.Create(folder.File("x.pth"))) PyTorchWriter.Write(stream, SafetensorsWriter.Sources(written), large);
        var read = Python(GoldenFile.Path("pytorch/print_state_dict.py"), folder.File("x.pth"));
        read.Select(p => p.Key).Should().Equal(written.Select(w => w.Name));
        foreach (var (name, value) in written)
        {
            ((string?)read[name]!["dtype"]).Should().Be($"torch.{DtypeName.Of(value.dtype)}");
            read[name]!["shape"]!.AsArray().Select(v => (long)v!).Should().Equal(value.shape);
            read[name]!["data"]!.AsArray().Select(v => (double)v!).Should().Equal(Numbers(value), "of {0}", name);
        }
    }

    private static List<(string Name, Tensor Value)> RandomStateDict(Random random)
    {
        var made = new List<(string, Tensor)>();
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var shape = new long[random.Next(0, 5)];
            for (var axis = 0; axis < shape.Length; axis++) shape[axis] = random.Next(20) == 0 ? 0 : random.Next(1, random.Next(2, 12));
            var values = new long[shape.Aggregate(1L, (a, b) => a * b)];
            for (var j = 0; j < values.Length; j++) values[j] = random.Next(0, 120);
            made.Add(($"layer{i}.größe.{random.Next(1000)}", torch.tensor(values, shape).to(s_types[random.Next(s_types.Length)])));
        }
        // Extents for which a pickle needs two, four and more bytes.
        made.Add(("long", torch.zeros([70_000, 0], ScalarType.Float32)));
        made.Add(("longer", torch.zeros([5_000_000_000, 0], ScalarType.Float32)));
        return made;
    }

    private static uint Crc(byte[] bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++) state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ 0xEDB88320;
        }
        return ~state;
    }

    /// <summary>The first python3 with PyTorch: of the variable DEEPKERAS_PYTHON, of the system, of the path.</summary>
    private static JsonObject Python(params string[] arguments)
    {
        foreach (var python in new[] { Environment.GetEnvironmentVariable("DEEPKERAS_PYTHON"), "/usr/bin/python3", "python3" })
        {
            if (python is null) continue;
            try
            {
                using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                var errors = process.StandardError.ReadToEndAsync();
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0) return JsonNode.Parse(output)!.AsObject();
                if (!errors.Result.Contains("No module named 'torch'", StringComparison.Ordinal)) Assert.Fail(errors.Result);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                continue;
            }
        }
        Assert.Ignore("Skipped: there is no python3 with PyTorch here to read the file with; set DEEPKERAS_PYTHON to one.");
        return [];
    }
}
