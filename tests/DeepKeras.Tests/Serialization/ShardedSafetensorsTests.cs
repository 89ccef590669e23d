using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class ShardedSafetensorsTests
{
    private const string Index = "model.safetensors.index.json";
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";

    [Test]
    public void Index_folder_and_any_part_open_all_parts()
    {
        using var folder = Make($$$"""{"metadata":{"total_size":12},"weight_map":{"d/kernel":"{{{First}}}","d/bias":"{{{Second}}}"}}""");
        foreach (var path in new[] { folder.File(Index), folder.Path, folder.File(First), folder.File(Second) })
        {
            using var file = WeightFile.Open(path);
            file.Entries.Select(e => $"{e.Name} {e.Shape} {e.Dtype}").Should().Equal("d/kernel (2, 1) Float32", "d/bias (1,) Float32");
            Numbers(file.Read("d/kernel")).Should().Equal(1, 2);
            Numbers(file.Read("d/bias")).Should().Equal(3);
            file.Metadata["total_size"].Should().Be("12");
            file.Skipped.Should().BeEmpty();
        }
        var model = new Sequential([Input(2), Dense(1, name: "d")]);
        model.LoadWeights(folder.File(Index)).IsComplete.Should().BeTrue();
        Numbers(model.Call(Floats([1, 1], 1, 2))).Should().Equal(6);
    }

    [TestCase("""{"weight_map":{"d/kernel":"FIRST","d/bias":"../SECOND"}}""", "'d/bias' stands in \"../SECOND\" where the name of a file in the same folder is expected")]
    [TestCase("""{"weight_map":{"d/kernel":"FIRST","d/bias":7}}""", "'d/bias' stands in 7 where *")]
    [TestCase("""{"weight_map":{"d/kernel":"FIRST","d/bias":"SECOND","x":"SECOND"}}""", "'x' is not in SECOND, where the index places it")]
    [TestCase("""{"weight_map":{"d/kernel":"FIRST","d/bias":"FIRST"}}""", "'d/bias' is not in FIRST, where the index places it")]
    [TestCase("""{"weight_map":{"d/kernel":"SECOND"}}""", "SECOND holds 'd/bias', which the index does not place there")]
    [TestCase("""{"weight_map":[]}""", "it holds no object 'weight_map'")]
    [TestCase("""{"weight_map":""", "it is not valid JSON *")]
    public void An_index_that_does_not_fit_is_refused(string index, string problem)
    {
        string Named(string text) => text.Replace("FIRST", First, StringComparison.Ordinal).Replace("SECOND", Second, StringComparison.Ordinal);
        using var folder = Make(Named(index));
        FluentActions.Invoking(() => WeightFile.Open(folder.File(Index))).Should().Throw<KerasException>()
            .WithMessage($"*{Index} is no usable index of safetensors files: {Named(problem)}. Get whole copies*");
    }

    [Test]
    public void A_missing_part_is_named()
    {
        using var folder = Make($$$"""{"weight_map":{"d/kernel":"{{{First}}}","d/bias":"{{{Second}}}"}}""");
        File.Delete(folder.File(Second));
        FluentActions.Invoking(() => WeightFile.Open(folder.File(Index))).Should().Throw<KerasException>().WithMessage($"The file *{Second} does not exist*");
        File.Copy(folder.File(First), folder.File("other.safetensors"));
        File.Delete(folder.File(Index));
        FluentActions.Invoking(() => WeightFile.Open(folder.Path)).Should().Throw<KerasException>().WithMessage("The folder * holds 2 weight files*exactly one is expected*");
    }

    private static TemporaryFolder Make(string index)
    {
        var folder = new TemporaryFolder();
        SafetensorsWriter.Save(folder.File(First), [("d/kernel", Floats([1, 2], 2, 1))]);
        SafetensorsWriter.Save(folder.File(Second), [("d/bias", Vector(3))]);
        File.WriteAllText(folder.File(Index), index);
        return folder;
    }
}
