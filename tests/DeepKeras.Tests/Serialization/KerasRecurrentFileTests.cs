using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files of recurrent layers that Keras 3.5 saved (Golden/keras_recurrent/make_recurrent_files.py), with the outputs that it computed.</summary>
public sealed class KerasRecurrentFileTests
{
    private static readonly JsonElement s_expected = JsonDocument.Parse(GoldenFile.Text("keras_recurrent/expected.json")).RootElement;

    private static IEnumerable<string> Names => s_expected.EnumerateObject().Select(p => p.Name);

    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCaseSource(nameof(Names))]
    public void A_model_of_Keras_computes_what_it_computed_there(string name)
    {
        Check(LoadModel(File(name + ".keras")), name);
        Check(LoadModel(File(name + ".h5")), name);
    }

    [TestCaseSource(nameof(Names))]
    public void What_is_written_is_read_again(string name)
    {
        using var folder = new TemporaryFolder();
        var model = LoadModel(File(name + ".keras"));
        model.Save(folder.File("again.keras"));
        var copy = LoadModel(folder.File("again.keras"));
        copy.ToJson().Should().Be(model.ToJson());
        Check(copy, name);
        model.SaveWeights(folder.File("w.weights.h5"));
        var fresh = model.Clone();
        fresh.LoadWeights(folder.File("w.weights.h5")).IsComplete.Should().BeTrue();
        Check(fresh, name);
    }

    /// <summary>Leaves the files in a folder where the script can open them with Keras: <c>DEEPKERAS_RECURRENT_FILES=folder</c>.</summary>
    [Test]
    public void Files_for_Keras_are_written_where_a_folder_is_given()
    {
        if (Environment.GetEnvironmentVariable("DEEPKERAS_RECURRENT_FILES") is not { } folder) return;
        foreach (var name in Names)
        {
            var model = LoadModel(File(name + ".keras"));
            model.Save(Path.Combine(folder, name + ".keras"));
            model.SaveWeights(Path.Combine(folder, name + ".weights.h5"));
        }
    }

    private static string File(string name) => GoldenFile.Path("keras_recurrent/" + name);

    private static void Check(Model model, string name)
    {
        var expected = s_expected.GetProperty(name);
        var found = model.Predict(expected.GetProperty("inputs").EnumerateArray().Select(i => JsonFixture.Doubles(i).to_type(ScalarType.Float32)).ToList(), verbose: 0);
        var wanted = expected.GetProperty("outputs").EnumerateArray().Select(JsonFixture.Doubles).ToList();
        found.Should().HaveCount(wanted.Count);
        for (var i = 0; i < wanted.Count; i++) Close(found[i], wanted[i], 1e-5, 1e-4);
    }
}
