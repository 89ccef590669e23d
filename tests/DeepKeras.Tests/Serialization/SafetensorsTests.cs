using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

/// <summary>Held against Golden/safetensors/plain.py, which knows the format with struct and json alone.</summary>
[TestFixture]
public sealed class SafetensorsTests
{
    [Test]
    public void Every_type_is_read()
    {
        using var file = new SafetensorsReader(GoldenFile.Path("safetensors/all_types.safetensors"));
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["made_by"] = "plain.py" });
        file.Entries.Should().HaveCount(13);
        Check("f64", ScalarType.Float64, [2], 0.1, -1e300);
        Check("i64", ScalarType.Int64, [3], -Math.Pow(2, 62), 0, 7);
        Check("f32/kernel", ScalarType.Float32, [2, 3], 1.5, -2.25, 0, 3e38f, 1e-40f, -0.0);
        Check("i32", ScalarType.Int32, [2], int.MinValue, int.MaxValue);
        Check("f16", ScalarType.Float16, [4], 1, -0.5, 65504, (double)(Half)6e-8);
        Check("bf16", ScalarType.BFloat16, [2, 1], 1, -3.5);
        Check("i16", ScalarType.Int16, [2], short.MinValue, short.MaxValue);
        Check("i8", ScalarType.Int8, [2], -128, 127);
        Check("u8", ScalarType.Byte, [3], 0, 128, 255);
        Check("bool", ScalarType.Bool, [2], 1, 0);
        Check("scalar", ScalarType.Float32, [], 42);
        Check("empty", ScalarType.Float32, [0, 5]);
        Check("größe", ScalarType.Byte, [1], 9);

        void Check(string name, ScalarType type, long[] shape, params double[] values)
        {
            using var tensor = file.Read(name);
            tensor.dtype.Should().Be(type);
            tensor.shape.Should().Equal(shape);
            Numbers(tensor).Should().Equal(values);
        }
    }

    [Test]
    public void What_is_written_is_read_back_by_plain_python()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        using var golden = new SafetensorsReader(GoldenFile.Path("safetensors/all_types.safetensors"));
        var path = folder.File("ours.safetensors");
        SafetensorsWriter.Save(path, [.. golden.ReadAll()], new Dictionary<string, string> { ["made_by"] = "plain.py" });
        var ours = Python("read", path);
        var theirs = Python("read", GoldenFile.Path("safetensors/all_types.safetensors"));
        ours["metadata"]!.ToJsonString().Should().Be(theirs["metadata"]!.ToJsonString());
        foreach (var (name, tensor) in theirs["tensors"]!.AsObject()) ours["tensors"]![name]!.ToJsonString().Should().Be(tensor!.ToJsonString(), "of {0}", name);
        ours["tensors"]!.AsObject().Should().HaveCount(13);
    }

    [Test]
    public void Views_are_written_in_their_own_order_and_every_tensor_is_aligned()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        var view = Ramp(0, 1, 2, 3).transpose(0, 1);
        SafetensorsWriter.Save(path, [("byte", torch.ones([3], ScalarType.Byte)), ("view", view), ("wide", torch.ones([1], ScalarType.Float64))]);
        using var file = new SafetensorsReader(path);
        file.Entries.Select(e => e.Name).Should().Equal("wide", "view", "byte");
        Numbers(file.Read("view")).Should().Equal(0, 3, 1, 4, 2, 5);
        BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path)).Should().Match(n => n % 8 == 0);
    }

    [Test]
    public void Keys_and_types_that_do_not_fit_are_refused_when_writing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        FluentActions.Invoking(() => SafetensorsWriter.Save(path, [("a", torch.ones(1)), ("a", torch.ones(1))])).Should().Throw<KerasException>().WithMessage("Two tensors bear the key 'a'*");
        FluentActions.Invoking(() => SafetensorsWriter.Save(path, [("a", torch.ones([1], ScalarType.ComplexFloat32))])).Should().Throw<KerasException>().WithMessage("A tensor of ComplexFloat32 cannot be written*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";

    [TestCase(""" {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "its header begins with ' ' where '{' is expected")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "its header is not valid JSON *")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "its header is not valid JSON *'a'*")]
    [TestCase("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "'a': its dtype is \"F8_E4M3\" where one of F64, F32, * is expected")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a': its shape (3,) of F32 needs 12 bytes but its data_offsets span 8")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'a': its data_offsets run backwards, from 8 to 0")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "'a': its shape (4294967296, 4294967296) is larger than any file")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "'a': its entry must hold dtype, shape and two data_offsets, all sizes at least 0")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "'a': its entry must hold *")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "'a': its entry must hold *")]
    [TestCase("""{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", 8, "'a': its entry holds 'dtype', which is unknown or of the wrong kind")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}}""", 8, "'a': its entry holds 'code', which is unknown or of the wrong kind")]
    [TestCase("""{"a":7}""", 0, "'a': its entry is not an object")]
    [TestCase("""{"__metadata__":7}""", 0, "'__metadata__' is not an object")]
    [TestCase("""{"__metadata__":{"x":7}}""", 0, "'__metadata__' holds 'x', which is not a text")]
    [TestCase("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "'b': its bytes begin at 2, inside the tensor before it, which ends at 4")]
    [TestCase("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}""", 10, "'b': its bytes begin at 6 where 4 is expected")]
    [TestCase(Good, 10, "its tensors have 11 bytes but only 10 follow the header: the file is cut off")]
    [TestCase(Good, 12, "its tensors have 11 bytes but 12 follow the header")]
    public void Damaged_and_hostile_files_are_refused(string header, int dataLength, string problem) =>
        Refuse(Make(Encoding.UTF8.GetByteCount(header), header, dataLength), problem);

    [TestCase(0L, "its header is said to have 0 bytes where 2 to 100000000 are expected")]
    [TestCase(-1L, "its header is said to have -1 bytes where *")]
    [TestCase(99_999_999L, "its header is said to have 99999999 bytes but only * follow")]
    [TestCase(long.MaxValue, "its header is said to have 9223372036854775807 bytes where *")]
    public void A_wrong_header_length_takes_no_memory(long length, string problem) => Refuse(Make(length, Good, 11), problem);

    [Test]
    public void Other_files_are_called_by_their_names()
    {
        Refuse([], "it has 0 bytes where at least 8 are expected");
        Refuse([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "it is an HDF5 file *");
        Refuse([0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0, 8, 0], "it is a zip archive *");
        Refuse([0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20], "it is a Python pickle*");
        Refuse([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 1, 0, 3], "it is a gzip file*");
    }

    [Test]
    public void Missing_files_and_keys_are_named()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => new SafetensorsReader(folder.File("no"))).Should().Throw<KerasException>().WithMessage("The file *no does not exist*");
        using var file = new SafetensorsReader(GoldenFile.Path("safetensors/all_types.safetensors"));
        FluentActions.Invoking(() => file.Read("f23/kernel")).Should().Throw<KerasException>().WithMessage("*Unknown tensor \"f23/kernel\"*\"f32/kernel\"*");
    }

    [Test]
    public void A_stream_that_ends_early_is_noticed()
    {
        var bytes = Make(Encoding.UTF8.GetByteCount(Good), Good, 5);
        using var reader = new SafetensorsReader(new MemoryStream(bytes), bytes.Length + 6, "the part");
        FluentActions.Invoking(() => reader.Read("a")).Should().Throw<KerasException>().WithMessage("the part is no usable safetensors file: 'a': the file ends before its 8 bytes are complete*");
        FluentActions.Invoking(() => new SafetensorsReader(new MemoryStream(bytes[..20]), bytes.Length, "the part")).Should().Throw<KerasException>().WithMessage("the part is no usable safetensors file: it ends within its header*");
    }

    private static void Refuse(byte[] content, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.safetensors");
        File.WriteAllBytes(path, content);
        FluentActions.Invoking(() => new SafetensorsReader(path)).Should().Throw<KerasException>().WithMessage($"{path} is no usable safetensors file: {problem}. Get a whole copy of it, or write it again.");
    }

    private static byte[] Make(long length, string header, int dataLength)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Encoding.UTF8.GetBytes(header).CopyTo(bytes, 8);
        return bytes;
    }

    private static JsonNode Python(string mode, string path)
    {
        try
        {
            var start = new ProcessStartInfo("python3", [GoldenFile.Path("safetensors/plain.py"), mode, path]) { RedirectStandardOutput = true };
            using var python = Process.Start(start)!;
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            python.ExitCode.Should().Be(0);
            return JsonNode.Parse(output)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("Skipped: there is no python3 here to read the file with.");
            throw;
        }
    }
}
