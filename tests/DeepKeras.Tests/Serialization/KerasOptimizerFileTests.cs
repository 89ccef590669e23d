using System.IO.Compression;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files of Keras 3.16 whose optimizers' state is not simply listed weight by weight; make_optimizer_files.py made them.</summary>
[TestFixture]
public sealed class KerasOptimizerFileTests
{
    private static readonly JsonElement s_expected = JsonDocument.Parse(GoldenFile.Text("keras_files/optimizer_files.json")).RootElement;

    private static IEnumerable<string> Names => s_expected.EnumerateObject().Select(e => e.Name);

    [TestCaseSource(nameof(Names))]
    public void Training_goes_on_where_Keras_stopped(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var expected = s_expected.GetProperty(name);
        var (x, y) = (JsonFixture.Doubles(expected.GetProperty("x")).to_type(ScalarType.Float32), JsonFixture.Doubles(expected.GetProperty("y")).to_type(ScalarType.Float32));
        var model = LoadModel(File(name));
        model.Save(folder.File("same.keras"));
        foreach (var loaded in new[] { model, LoadModel(folder.File("same.keras")) })
        {
            loaded.TrainOnBatch(x, y);
            Close(loaded.Predict(x, verbose: 0).Single, JsonFixture.Doubles(expected.GetProperty("outputs")), 2e-6, 1e-5);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_file_that_is_written_again_holds_the_same_state_in_the_same_places(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        LoadModel(File(name)).Save(folder.File("same.keras"));
        var (theirs, ours) = (State(File(name), folder), State(folder.File("same.keras"), folder));
        ours.Should().HaveCount(theirs.Count);
        for (var i = 0; i < theirs.Count; i++) Close(ours[i], theirs[i].to_type(ScalarType.Float64), 1e-7, 1e-6);
    }

    private static string File(string name) => GoldenFile.Path($"keras_files/optimizer_{name}.keras");

    private static IReadOnlyList<Tensor> State(string path, TemporaryFolder folder)
    {
        using var zip = ZipFile.OpenRead(path);
        var weights = folder.File(Guid.NewGuid().ToString("N"));
        zip.GetEntry("model.weights.h5")!.ExtractToFile(weights);
        using var file = new KerasH5(weights, path);
        return file.ReadOptimizer();
    }
}
