using DeepKeras.Serialization;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files of PyTorch 1.13 (Golden/pytorch/make_state_dicts.py) and of safetensors in parts, against the numbers that PyTorch itself printed.</summary>
[TestFixture]
public sealed class WeightFileTests
{
    private static readonly JsonElement s_numbers = JsonDocument.Parse(GoldenFile.Text("pytorch/numbers.json")).RootElement;

    [TestCase("all_types.pth", "all_types")]
    [TestCase("all_types.legacy.pth", "all_types")]
    [TestCase("shared.pth", "shared")]
    [TestCase("shared.legacy.pth", "shared")]
    [TestCase("protocol3.pth", null)]
    [TestCase("protocol4.pth", null)]
    [TestCase("protocol5.pth", null)]
    [TestCase("nested.pth", "nested")]
    [TestCase("nested.legacy.pth", "nested")]
    [TestCase("tree.pth", "tree")]
    [TestCase("tree.legacy.pth", "tree")]
    public void Every_tensor_is_what_PyTorch_saved(string name, string? numbers)
    {
        using var scope = torch.NewDisposeScope();
        using var file = WeightFile.Open(GoldenFile.Path("pytorch/" + name));
        var expected = s_numbers.GetProperty(numbers ?? "shared");
        file.Entries.Select(e => e.Name).Should().Equal(expected.EnumerateObject().Select(p => p.Name));
        foreach (var entry in file.Entries)
        {
            var tensor = file.Read(entry.Name);
            var wanted = expected.GetProperty(entry.Name);
            tensor.shape.Should().Equal(JsonFixture.Extents(wanted.GetProperty("shape")), "of {0}", entry.Name);
            entry.Shape.ToArray().Should().Equal(tensor.shape);
            tensor.is_contiguous().Should().BeTrue();
            $"torch.{DtypeName.Of(tensor.dtype)}".Should().Be(wanted.GetProperty("dtype").GetString());
            entry.Dtype.Should().Be(tensor.dtype);
            // The parameter of the file with another protocol was drawn anew.
            if (numbers is not null || entry.Name != "parameter") Numbers(tensor).Should().Equal(JsonFixture.Numbers(wanted.GetProperty("data")), "of {0}", entry.Name);
        }
    }

    [TestCase("nested.pth")]
    [TestCase("nested.legacy.pth")]
    public void What_stands_beside_the_state_dict_is_listed(string name)
    {
        using var file = WeightFile.Open(GoldenFile.Path("pytorch/" + name));
        file.Skipped.Should().Equal("epoch", "best", "arch", "done", "nothing", "optimizer");
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["epoch"] = "3", ["best"] = "0.75", ["arch"] = "tiny", ["done"] = "False" });
        file.Path.Should().EndWith(name);
    }

    [Test]
    public void Values_inside_of_lists_are_skipped_by_their_place()
    {
        using var file = WeightFile.Open(GoldenFile.Path("pytorch/tree.pth"));
        file.Skipped.Should().Equal("layers.1.1", "size.0", "size.1", "place");
        file.Metadata["place"].Should().Be("cpu");
    }

    [Test]
    public void Reading_again_and_again_leaves_nothing_behind()
    {
        using var file = WeightFile.Open(GoldenFile.Path("pytorch/shared.pth"));
        Leaks.None(() =>
        {
            foreach (var entry in file.Entries) file.Read(entry.Name).Dispose();
        });
    }

    [Test]
    public void Unknown_keys_files_and_kinds_are_named()
    {
        using var folder = new TemporaryFolder();
        using var file = WeightFile.Open(GoldenFile.Path("pytorch/shared.pth"));
        FluentActions.Invoking(() => file.Read("colum")).Should().Throw<KerasException>().WithMessage("*shared.pth: Unknown tensor \"colum\"*\"column\"*");
        FluentActions.Invoking(() => WeightFile.Open(folder.File("no"))).Should().Throw<KerasException>().WithMessage("The file *no does not exist*");
        Write("a", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0]).Should().Throw<KerasException>().WithMessage("*a is a gzip file where a weight file of PyTorch*");
        Write("b", [1, 2, 3]).Should().Throw<KerasException>().WithMessage("*b is of no kind that is known where a weight file*");
        KerasModels.Chain().Save(folder.File("c.dkeras"));
        FluentActions.Invoking(() => WeightFile.Open(folder.File("c.dkeras"))).Should().Throw<KerasException>().WithMessage("*c.dkeras is a model file, which LoadModel reads where*");
        FluentActions.Invoking(() => WeightFile.Open(folder.Path)).Should().Throw<KerasException>().WithMessage("The folder * holds 0 weight files*");

        Action Write(string name, byte[] content)
        {
            File.WriteAllBytes(folder.File(name), content);
            return () => WeightFile.Open(folder.File(name));
        }
    }

    [Test]
    public void A_safetensors_head_whose_length_looks_like_another_kind_is_still_one()
    {
        using var folder = new TemporaryFolder();
        foreach (var length in new[] { 0x0280, 0x7B, 0x0480 })
        {
            var header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(length);
            File.WriteAllBytes(folder.File("x"), [.. BitConverter.GetBytes((long)length), .. System.Text.Encoding.UTF8.GetBytes(header), 0, 0, 0x80, 0x3F]);
            using var file = WeightFile.Open(folder.File("x"));
            Number(file.Read("a")).Should().Be(1);
        }
    }
}
