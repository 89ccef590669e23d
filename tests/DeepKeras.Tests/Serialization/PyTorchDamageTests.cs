using System.IO.Compression;
using System.Text;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files that want to run code, and good files that were cut and changed: each gets an error, none of them more than that.</summary>
[TestFixture]
public sealed class PyTorchDamageTests
{
    [TestCase("hostile.pth")]
    [TestCase("hostile.legacy.pth")]
    public void A_file_that_wants_to_run_code_is_refused_by_name(string name)
    {
        FluentActions.Invoking(() => WeightFile.Open(GoldenFile.Path("pytorch/" + name))).Should().Throw<KerasException>()
            .WithMessage($"*{name} asks for posix.system, which would run code; *nothing was run*torch.save(model.state_dict(), path).");
        File.Exists("hostile.ran").Should().BeFalse();
    }

    [TestCase("ios\nsystem\n.", "asks for os.system, which would run code*")]
    [TestCase("\x8c\x02os\x8c\x06system\x93.", "asks for os.system, which would run code*")]
    [TestCase("cbuiltins\neval\n.", "asks for builtins.eval, which would run code*")]
    [TestCase("ctorch\nload\n.", "asks for torch.load, which would run code*")]
    [TestCase("}}\x92.", "asks for a class (opcode 92), which would run code*")]
    [TestCase("}o.", "asks for a class (opcode 6F), which would run code*")]
    [TestCase("ctorch\nFloatStorage\n)R.", "is no usable PyTorch file: its pickle calls something that is no function*")]
    [TestCase("ccollections\nOrderedDict\nK\x01\x85R.", "*: its pickle calls collections.OrderedDict with arguments that do not belong there*")]
    [TestCase("ccollections\nOrderedDict\n]K\x01\x61\x85R.", "*: its pickle calls collections.OrderedDict with arguments *")]
    [TestCase("ctorch._utils\n_rebuild_tensor_v2\n)R.", "*: its pickle calls torch._utils._rebuild_tensor_v2 with arguments *")]
    [TestCase("ctorch._utils\n_rebuild_parameter\n)R.", "*: its pickle calls torch._utils._rebuild_parameter with arguments *")]
    [TestCase("ctorch\nSize\n)R.", "*: its pickle calls torch.Size with arguments *")]
    [TestCase("ctorch\ndevice\n)R.", "*: its pickle calls torch.device with arguments *")]
    [TestCase("c__builtin__\nset\n)R.", "*: its pickle calls __builtin__.set with arguments *")]
    [TestCase("K\x01}b.", "*: its pickle sets attributes of something that is no OrderedDict*")]
    [TestCase("K\x01K\x02\x61.", "*: its pickle appends to something that is no list*")]
    [TestCase("K\x01(K\x02\x65.", "*: its pickle appends to something that is no list*")]
    [TestCase("](K\x01K\x02u.", "*: its pickle sets items of something that is no dict*")]
    [TestCase("}(K\x01u.", "*: its pickle sets a key without a value*")]
    [TestCase("u.", "*: its pickle goes back to a mark that was never set*")]
    [TestCase("0.", "*: its pickle takes a value where there is none*")]
    [TestCase("(\x85.", "*: its pickle takes a value where there is none*")]
    [TestCase("K\x01(0.", "*: its pickle takes a value where there is none*")]
    [TestCase("h\x07.", "*: its pickle asks for value 7, which it never stored*")]
    [TestCase("K\x01K\x02.", "*: its pickle ends with 2 values where one is expected*")]
    [TestCase("K\x01K\x02\x93.", "*: its pickle names a global by something that is no text*")]
    [TestCase("I7\n.", "*: its pickle holds opcode 49, which does not belong to protocols 2 to 5*")]
    [TestCase("X\xff\xff\xff\x7f.", "*: its pickle announces 2147483647 bytes where 1 follow*")]
    [TestCase("\x8d\xff\xff\xff\xff\xff\xff\xff\xff.", "*: its pickle announces -1 bytes where 1 follow*")]
    [TestCase("\x8b\xff\xff\xff\x7f.", "*: its pickle holds a number of 2147483647 bytes where at most 64 are expected*")]
    [TestCase("K\x01", "*: its pickle is cut off*")]
    [TestCase("(K\x01K\x02tQ.", "*: a storage is not described by its class, its key and a count of at least 0*")]
    [TestCase("K\x01.", "*: there is no tensor in it*")]
    [TestCase("}(NK\x01u.", "*: a dict has a key that is neither a text nor a whole number*")]
    public void Pickles_that_are_no_state_dicts_are_refused(string pickle, string problem) => Refuse(Zip(Pickle(pickle)), problem);

    [TestCase("(K\x02t", "(K\x01t", 0, "*storage '0': its shape (2,) with strides (1,) from element 1 on needs 3 elements but the storage has 2*", "K\x01")]
    [TestCase("(K\x03t", "(K\x01t", 0, "*storage '0': its shape (3,) with strides (1,) from element 0 on needs 3 elements but the storage has 2*")]
    [TestCase("(K\x02t", "(K\x02t", 0, "*storage '0': its shape (2,) with strides (2,) from element 0 on needs 3 elements*")]
    [TestCase("(J\xff\xff\xff\xfft", "(K\x01t", 0, "*storage '0': its extents, strides and offset are not as many numbers of at least 0*")]
    [TestCase("(K\x02t", "(J\xff\xff\xff\xfft", 0, "*storage '0': its extents, strides and offset are not *")]
    [TestCase("(K\x02t", "(t", 0, "*storage '0': its extents, strides and offset are not *")]
    [TestCase("(K\x02t", "(K\x01t", 0, "*storage '0': its extents, strides and offset are not *", "J\xff\xff\xff\xff")]
    [TestCase("(J\xff\xff\xff\x7fJ\xff\xff\xff\x7fJ\xff\xff\xff\x7ft", "(K\x00K\x00K\x00t", 0, "*is larger than any file*")]
    [TestCase("(J\xff\xff\xff\x7ft", "(K\x00t", 0, "*repeats the 2 elements of the storage more often than is read*")]
    [TestCase("(K\x02t", "(K\x01t", 4, "*: storage '0' has 4 bytes where 8 are expected*")]
    [TestCase("(K\x02t", "(K\x01t", 8, "*: storage '0' is not in the archive*")]
    public void Windows_outside_of_their_storage_are_refused(string size, string stride, int missing, string problem, string offset = "K\x00") =>
        Refuse(Zip(Pickle(Tensor(size, stride, offset)), missing == 8 ? null : new byte[8 - missing]), problem);

    [Test]
    public void Containers_that_unfold_without_end_are_refused()
    {
        // Each list holds the one before it twice: 2^40 values in 300 bytes.
        var bomb = new StringBuilder("]q\x01");
        for (var i = 0; i < 28; i++) bomb.Append("0]q\x02h\x01\x61h\x01\x61" + "q\x01");
        Refuse(Zip(Pickle(bomb.Append('.').ToString())), "*: its containers unfold to more than 1000000 values*");
        Refuse(Zip(Pickle("]q\x01h\x01\x61.")), "*: its containers are nested more than 32 deep*");
        Refuse(Zip(Pickle("(X\x01\x00\x00\x00" + "a" + Tensor("(K\x02t", "(K\x01t", "K\x00")[..^1] + "X\x01\x00\x00\x00" + "ah\x01" + "d.", remember: true)), "*: two tensors bear the key 'a'*");
    }

    [Test]
    public void Archives_of_other_content_are_refused()
    {
        Refuse(Zip(null), "*: it is a zip archive with 0 files data.pkl where one is expected*");
        var good = Tensor("(K\x02t", "(K\x01t", "K\x00");
        Refuse(Zip(Pickle(good), byteOrder: "big"), "*: its numbers are big-endian where little-endian ones are expected*");
        Refuse(Zip(Pickle(good), byteOrder: new string('x', 20)), "*: a/byteorder has 20 bytes where at most 16 are expected*");
        Refuse(Zip(Pickle(good), new byte[8000], CompressionLevel.Optimal), "*: storage '0' is compressed where plain numbers are expected*");
        Refuse(Zip([0x80, 1, (byte)'.']), "*: its pickle has protocol 1 where 2 to 5 are expected*");
        Refuse(Zip([(byte)'.']), "*: a pickle of protocol 2 to 5 is expected where another byte stands*");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x"), Zip(Pickle(good), byteOrder: "little"));
        using var file = WeightFile.Open(folder.File("x"));
        Numbers(file.Read("tensor")).Should().Equal(0, 0);
    }

    [TestCase("(K\x02t", 0, TestName = "A_changed_number_is_noticed_by_the_sum_of_its_storage")]
    [TestCase("(K\x01t", 7, TestName = "A_changed_number_beside_the_window_of_the_tensor_is_noticed_too")]
    public void A_changed_number_is_noticed(string size, int at)
    {
        using var folder = new TemporaryFolder();
        byte[] numbers = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        var bytes = Zip(Pickle(Tensor(size, "(K\x01t", "K\x00")), numbers);
        File.WriteAllBytes(folder.File("x"), bytes);
        using (var good = WeightFile.Open(folder.File("x")))
        {
            // The second time it is known to be whole.
            for (var time = 0; time < 2; time++) Numbers(good.Read("tensor"))[0].Should().Be(1);
        }
        bytes[bytes.AsSpan().IndexOf(numbers) + at] ^= 1;
        File.WriteAllBytes(folder.File("x"), bytes);
        using var file = WeightFile.Open(folder.File("x"));
        for (var time = 0; time < 2; time++)
        {
            file.Invoking(f => f.Read("tensor")).Should().Throw<KerasException>()
                .WithMessage($"{folder.File("x")} is damaged: its entry a/data/0 should have the CRC-32 ???????? but has ????????. Get a whole copy of it, *");
        }
    }

    [Test]
    public void A_changed_pickle_is_noticed_by_its_sum()
    {
        var bytes = Zip(Pickle(Tensor("(K\x02t", "(K\x01t", "K\x00")));
        bytes[bytes.AsSpan().IndexOf("cpu"u8)] ^= 1;
        Refuse(bytes, "is damaged: its entry a/data.pkl should have the CRC-32 ???????? but has *");
    }

    [TestCase("all_types.pth")]
    [TestCase("all_types.legacy.pth")]
    [TestCase("shared.legacy.pth")]
    [TestCase("protocol4.pth")]
    public void Every_cut_is_noticed(string name)
    {
        var whole = File.ReadAllBytes(GoldenFile.Path("pytorch/" + name));
        for (var length = 0; length < whole.Length; length += 1 + (length / 97)) Refuse(whole[..length], "*");
        Refuse([.. whole, 7], name.Contains("legacy") ? "*: 1 bytes follow its last storage*" : null);
    }

    [TestCase("all_types.pth")]
    [TestCase("all_types.legacy.pth")]
    [TestCase("shared.legacy.pth")]
    [TestCase("nested.legacy.pth")]
    [TestCase("protocol5.pth")]
    public void A_changed_byte_gives_an_error_or_a_readable_file_and_nothing_else(string name)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(GoldenFile.Path("pytorch/" + name));
        var (tried, refused) = (0, 0);
        // An archive is mostly padding.
        for (var at = 0; at < whole.Length; at += name.Contains("legacy") ? 1 : 5, tried++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= (byte)(1 << (tried % 8));
            File.WriteAllBytes(folder.File("x"), changed);
            try
            {
                using var file = WeightFile.Open(folder.File("x"));
                foreach (var entry in file.Entries) file.Read(entry.Name).Dispose();
            }
            catch (KerasException)
            {
                refused++;
            }
        }
        refused.Should().BeGreaterThan(tried / 20);
    }

    private static void Refuse(byte[] content, string? problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x"), content);
        Action open = () => WeightFile.Open(folder.File("x")).Dispose();
        if (problem is null) open.Should().NotThrow();
        else open.Should().Throw<KerasException>().WithMessage($"{folder.File("x")} {problem}");
    }

    private static string Tensor(string size, string stride, string offset) =>
        "ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x00" + "0X\x03\x00\x00\x00" + "cpuK\x02tQ" + offset + size + stride + "\x89NtR.";

    private static byte[] Pickle(string text, bool remember = false) => [0x80, 2, .. Encoding.Latin1.GetBytes(remember ? text.Replace("NtR", "NtRq\x01", StringComparison.Ordinal) : text)];

    private static byte[] Zip(byte[]? pickle, byte[]? storage = null, CompressionLevel level = CompressionLevel.NoCompression, string? byteOrder = null)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (byteOrder is not null) storage ??= new byte[8];
            Put("a/version", "3\n"u8.ToArray());
            Put("a/data.pkl", pickle);
            Put("a/data/0", storage);
            Put("a/byteorder", byteOrder is null ? null : Encoding.ASCII.GetBytes(byteOrder));

            void Put(string name, byte[]? content)
            {
                if (content is null) return;
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(content);
            }
        }
        return stream.ToArray();
    }
}
